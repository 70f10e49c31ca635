package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hippocamel.RunningBundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HTTP/2 without TLS, which Java's HTTP client asks for unless told otherwise. */
class Http2RouteTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static StubbedBundle stubbed;
  private static String url;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open(RunningBundle.newFolder(), Map.of("http.workers", "2"));
    url = stubbed.bundle().bundle().url();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @Test
  void requests_areAnswered_whateverTheirSize() throws Exception {
    for (int words : new int[] {1, 6_000, 1}) {
      HttpResponse<String> answer =
          CLIENT.send(embedding("word ".repeat(words)), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals(HttpClient.Version.HTTP_2, answer.version());
    }
    HttpRequest models = HttpRequest.newBuilder(URI.create(url + "/v1/models")).build();
    assertEquals(200, CLIENT.send(models, HttpResponse.BodyHandlers.ofString()).statusCode());
  }

  @Test
  void requests_giveTheirPlacesBack() {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 50)
            .mapToObj(i -> embedding("text " + i))
            .map(request -> CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
            .toList();
    answers.forEach(answer -> assertEquals(200, answer.join().statusCode()));
  }

  @Test
  void requests_areRefusedAsElsewhere() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/search"))
            .POST(HttpRequest.BodyPublishers.ofString("{"))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("ends too early"), answer.body());
  }

  private static HttpRequest embedding(String text) {
    return HttpRequest.newBuilder(URI.create(url + "/v1/embeddings"))
        .POST(HttpRequest.BodyPublishers.ofString("{\"input\": \"" + text + "\"}"))
        .build();
  }
}
