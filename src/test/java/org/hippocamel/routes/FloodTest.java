package org.hippocamel.routes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More requests than the server has places for, while TEI takes calls and says nothing. */
class FloodTest {
  private static final int WORKERS = 6;
  private static final int MOST = 20;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;
  private CountDownLatch held;

  @BeforeAll
  static void open() {
    stubbed =
        StubbedBundle.open(
            RunningBundle.newFolder(),
            Map.of(
                "http.workers",
                "" + WORKERS,
                "http.max-requests",
                "" + MOST,
                "embed.query-deadline-millis",
                "60000"));
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @Test
  void flood_isRefusedAtOnceBeyondTheBound_andTheOthersGetTheirVectors() {
    for (int round = 1; round <= 3; round++) {
      stall();
      List<CompletableFuture<Answer>> parked = flood(MOST, "round " + round + " text ");
      assertRefused();
      assertHealthy();
      assertTrue(parked.stream().noneMatch(CompletableFuture::isDone));
      assertVectors(parked, "round " + round + " text ");
    }
  }

  @Test
  void flood_isRefusedInTheWordsOfTheCaller() {
    stall();
    List<CompletableFuture<Answer>> parked = flood(MOST, "words ");
    String why = MOST + " requests are being worked on or wait (http.max-requests)";
    Answer own = bundle.post("/v1/search", "{\"query\": \"is there room?\"}");
    assertEquals(why, Refusal.of(ProblemKind.OVERLOADED, own));
    JsonNode error = assertRefused().json().get("error");
    assertEquals("overloaded", error.get("code").asText());
    assertEquals("rate_limit_error", error.get("type").asText());
    assertEquals(why, error.get("message").asText());
    assertVectors(parked, "words ");
  }

  @Test
  void flood_ofCallersWhoLeave_takesNoPlaceForGood() throws IOException {
    for (int round = 0; round < 3; round++) {
      stall();
      List<Socket> gone = new ArrayList<>();
      for (int i = 0; i < MOST; i++) {
        gone.add(send("{\"input\": \"gone " + round + " " + i + "\"}"));
      }
      await().until(this::full);
      for (Socket socket : gone) {
        socket.close();
      }
      await().until(() -> !full());
      // Those who stood in line make room while TEI still says nothing; the others hold a thread.
      String text = "came in round " + round + " ";
      assertVectors(flood(MOST - WORKERS, text), text);
    }
    assertRoomForAll("after them ");
  }

  @Test
  void flood_overOneHttp2Connection_takesNoPlaceForGood() {
    HttpClient together = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    assertEquals(200, send(together, "the connection is made").join().status());
    stall();
    List<CompletableFuture<Answer>> parked = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      parked.add(send(together, "stream " + i));
    }
    await().until(this::full);
    assertEquals(429, send(together, "one too many").join().status());
    for (int i = 0; i < MOST; i += 2) {
      parked.get(i).cancel(true);
    }
    await().until(() -> !full());
    held.countDown();
    for (int i = 1; i < MOST; i += 2) {
      assertEquals(HttpClient.Version.HTTP_2, parked.get(i).join().response().version());
      assertEquals(200, parked.get(i).join().status());
    }
    assertRoomForAll("after the streams ");
  }

  @Test
  void requests_thatEndWithoutARoute_takeNoPlaceForGood() {
    for (int i = 0; i < 2 * MOST; i++) {
      assertEquals(404, bundle.get("/v1/nothing").status());
      assertEquals(405, bundle.delete("/v1/search").status());
      assertEquals(400, bundle.post("/v1/embeddings", "{").status());
    }
    assertRoomForAll("after mistakes ");
  }

  @Test
  void bodiesThatDoNotCome_takeNoPlace() throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 2 * MOST; i++) {
      Socket socket = connected();
      socket.getOutputStream().write(request("{", 100));
      slow.add(socket);
    }
    assertEquals(200, bundle.post("/v1/embeddings", "{\"input\": \"quick\"}").status());
    for (Socket socket : slow) {
      socket.close();
    }
    assertRoomForAll("after the slow ");
  }

  /** TEI takes every call and answers it when the latch is open. */
  private void stall() {
    CountDownLatch latch = new CountDownLatch(1);
    held = latch;
    stubbed.fresh();
    stubbed.tei().fail(text -> waited(latch), 500, "");
  }

  private static boolean waited(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the test forgot TEI");
      }
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Requests that fill all the room there is; all of them are inside when this returns. */
  private List<CompletableFuture<Answer>> flood(int requests, String text) {
    List<CompletableFuture<Answer>> parked = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      parked.add(post(text + i));
    }
    await()
        .until(
            () -> {
              // Somebody else was still inside when these came.
              for (int i = 0; i < requests; i++) {
                if (parked.get(i).isDone() && parked.get(i).join().status() == 429) {
                  parked.set(i, post(text + i));
                }
              }
              return full() && parked.stream().noneMatch(CompletableFuture::isDone);
            });
    return parked;
  }

  /** Every place is free, a moment after the last one left it. */
  private void assertRoomForAll(String text) {
    stall();
    assertVectors(flood(MOST, text), text);
  }

  /**
   * Whether a request is refused by its head; its body never comes, so that it waits for nobody.
   */
  private boolean full() {
    try (Socket socket = connected()) {
      socket.setSoTimeout(500);
      socket.getOutputStream().write(request("", 1));
      return new String(socket.getInputStream().readNBytes(12), US_ASCII).equals("HTTP/1.1 429");
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer assertRefused() {
    Answer answer = bundle.post("/v1/embeddings", "{\"input\": \"one too many\"}");
    assertEquals(429, answer.status(), answer.response().body());
    assertEquals("1", answer.header("Retry-After"));
    assertEquals("application/json", answer.header("Content-Type"));
    return answer;
  }

  /** What does not wait for TEI is answered while every worker does. */
  private static void assertHealthy() {
    assertEquals(200, within("/health", bundle.bundle().url()));
    assertEquals(200, within("/openapi.yaml", bundle.bundle().url()));
    for (String path :
        List.of("/observe/health/live", "/observe/health/ready", "/observe/metrics")) {
      assertEquals(200, within(path, bundle.bundle().managementUrl()));
    }
  }

  private static int within(String path, String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(10)).build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }

  private void assertVectors(List<CompletableFuture<Answer>> parked, String text) {
    held.countDown();
    for (int i = 0; i < parked.size(); i++) {
      Answer answer = parked.get(i).join();
      assertEquals(200, answer.status(), answer.response().body());
      assertEquals(
          base64(StubTei.vector(text + i, 384)), answer.json().at("/data/0/embedding").asText());
    }
  }

  private static String base64(float[] vector) {
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.allocate(4 * vector.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return java.util.Base64.getEncoder().encodeToString(bytes.array());
  }

  private static CompletableFuture<Answer> post(String text) {
    return send(CLIENT, text);
  }

  private static CompletableFuture<Answer> send(HttpClient client, String text) {
    String body = "{\"input\": \"" + text + "\", \"encoding_format\": \"base64\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(bundle.bundle().url() + "/v1/embeddings"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Answer::new);
  }

  private static Socket send(String body) throws IOException {
    Socket socket = connected();
    socket.getOutputStream().write(request(body, body.length()));
    return socket;
  }

  private static Socket connected() throws IOException {
    return new Socket("127.0.0.1", URI.create(bundle.bundle().url()).getPort());
  }

  private static byte[] request(String body, int length) {
    return ("POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + body)
        .getBytes(US_ASCII);
  }
}
