package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One client of the program's REST server, with or without an API key. Thread-safe. */
final class RestClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final String management;
  private final String key;

  /**
   * @param management base URL of health and metrics, empty where it is not known
   * @param key API key, empty where the server asks for none
   */
  RestClient(String url, String management, String key) {
    this.url = url;
    this.management = management;
    this.key = key;
  }

  /** What a drill does with the program. */
  interface Drill {
    void with(RestClient rest) throws Exception;
  }

  /**
   * Runs a drill against the server at the argument {@code url}, with the API key {@code key} and
   * the metrics at {@code management}; or, without it, against the packaged program in a folder of
   * its own.
   *
   * @param environment of that program
   */
  static void run(Arguments given, String name, Map<String, String> environment, Drill drill)
      throws Exception {
    String url = given.text("url", "");
    if (!url.isEmpty()) {
      drill.with(new RestClient(url, given.text("management", ""), given.text("key", "")));
      return;
    }
    Path folder = Files.createTempDirectory(name);
    BundleProcess.install(folder);
    try (BundleProcess bundle = BundleProcess.start(folder, environment)) {
      RestClient rest = new RestClient(bundle.rest(), bundle.management(), "");
      System.out.printf(
          "ready after %d ms, resident %d MB%n",
          bundle.startTime().toMillis(), bundle.residentMegabytes());
      drill.with(rest);
      System.out.printf("resident %d MB at the end%n", bundle.residentMegabytes());
    }
  }

  /** Stores interactions, a JSON line each, so many in a request. */
  void store(List<String> lines, int atOnce) {
    for (int first = 0; first < lines.size(); first += atOnce) {
      List<String> some = lines.subList(first, Math.min(lines.size(), first + atOnce));
      Answer answer =
          send("POST", url + "/v1/interactions", "application/x-ndjson", String.join("\n", some));
      if (answer.status() != 200 || answer.json().get("failed").asInt() > 0) {
        throw new IllegalStateException(answer.toString());
      }
    }
  }

  /** Reply to a search, which must be answered. */
  JsonNode search(Map<String, ?> body) {
    Answer answer = post("/v1/search", json(body));
    if (answer.status() != 200) {
      throw new IllegalStateException(answer + " to " + json(body));
    }
    return answer.json();
  }

  Answer post(String path, String body) {
    return send("POST", url + path, "application/json", body);
  }

  Answer get(String path) {
    return send("GET", url + path, "application/json", "");
  }

  /** What a scraper reads, empty where that is not known to be anywhere. */
  String metrics() {
    return management.isEmpty()
        ? ""
        : send("GET", management + "/observe/metrics", "text/plain", "").body();
  }

  private Answer send(String method, String address, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", type)
            .timeout(Duration.ofMinutes(10))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(reply.statusCode(), reply.body());
    } catch (IOException e) {
      throw new IllegalStateException(address + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A reply. */
  record Answer(int status, String body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(body, e);
      }
    }
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
