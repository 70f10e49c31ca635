package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A client of the case bank, with an API key where the bundle asks for one. Thread-safe. */
final class CaseClient {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final int LINES = 500;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final String key;

  CaseClient(String url, String key) {
    this.url = url;
    this.key = key;
  }

  /** Takes in cases, some hundred a request; every one of them must be good. */
  void store(List<ObjectNode> cases) {
    for (int from = 0; from < cases.size(); from += LINES) {
      StringBuilder lines = new StringBuilder();
      cases
          .subList(from, Math.min(cases.size(), from + LINES))
          .forEach(one -> lines.append(one).append('\n'));
      JsonNode reply = send("/v1/cases/import", lines.toString());
      if (reply.get("failed").asInt() > 0) {
        throw new IllegalStateException(reply.get("errors").toString());
      }
    }
  }

  JsonNode search(ObjectNode body) {
    return send("/v1/cases/search", body.toString());
  }

  JsonNode feedback(String runId, double reward) {
    ObjectNode body = JSON.createObjectNode().put("run_id", runId).put("reward", reward);
    return send("/v1/cases/feedback", body.toString());
  }

  JsonNode outcome(String caseId, ObjectNode outcome) {
    return send("/v1/cases/" + caseId + "/outcomes", outcome.toString());
  }

  JsonNode get(String path) {
    return answer(path, request(path).GET());
  }

  JsonNode send(String path, String body) {
    return answer(path, request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(10));
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private JsonNode answer(String path, HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> reply =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (reply.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            path
                + " answered "
                + reply.statusCode()
                + ": "
                + new String(reply.body(), StandardCharsets.UTF_8));
      }
      return JSON.readTree(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
