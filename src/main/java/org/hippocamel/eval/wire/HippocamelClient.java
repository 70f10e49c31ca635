package org.hippocamel.eval.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.Ranking;
import org.hippocamel.eval.Variant;

/** Stores and searches over REST, as any client does. Thread-safe. */
public final class HippocamelClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Set<String> COMPLETE = Set.of("active", "ready");
  private static final long POLL_MILLIS = 500;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final String key;
  private final Unit unit;

  /**
   * @param url base URL of the REST server
   * @param key API key, or empty where the server asks for none
   * @param unit what documents become
   */
  public HippocamelClient(String url, String key, Unit unit) {
    this.url = url;
    this.key = key;
    this.unit = unit;
  }

  /**
   * Stores documents; returns when all of them are.
   *
   * @throws IllegalStateException naming the first that was refused
   */
  void store(List<Dataset.Document> documents) {
    if (unit == Unit.DOCUMENT) {
      documents.forEach(this::storeDocument);
      return;
    }
    StringBuilder lines = new StringBuilder();
    for (Dataset.Document document : documents) {
      lines
          .append(
              JSON.createObjectNode()
                  .put("agent_id", "eval")
                  .put("id", document.id())
                  .put("text", document.whole()))
          .append('\n');
    }
    JsonNode reply = post("/v1/interactions", "application/x-ndjson", lines.toString());
    for (int i = 0; i < documents.size(); i++) {
      refuse(documents.get(i), reply.at("/results/" + i + "/error"));
    }
  }

  private void storeDocument(Dataset.Document document) {
    ObjectNode body =
        JSON.createObjectNode().put("uri", document.id()).put("text", document.text());
    if (!document.title().isEmpty()) {
      body.put("title", document.title());
    }
    JsonNode reply = post("/v1/documents", "application/json", body.toString());
    refuse(document, reply.at("/errors/0"));
  }

  private static void refuse(Dataset.Document document, JsonNode error) {
    if (!error.isMissingNode()) {
      throw new IllegalStateException("document " + document.id() + " was refused: " + error);
    }
  }

  /**
   * The documents found for a query, each with the best score of its pieces. What a context chose
   * is scored by its place: the order is not that of one stage's scores.
   *
   * @throws IllegalStateException when the variant wants a reranker and none had the last word:
   *     else something else would be measured than what it says
   */
  List<Ranking.Scored> search(String query, int limit, Variant variant) {
    String path = variant.context() ? "/v1/context" : "/v1/search";
    ObjectNode body = variant.request(query, limit);
    JsonNode reply = post(path, "application/json", body.toString());
    if (body.path("rerank").asBoolean() && !reply.path("reranked").asBoolean()) {
      throw new IllegalStateException(
          "a search was not reranked, " + reply.path("rerank_reason").asText("without a reason"));
    }
    if (reply.has("degraded")) {
      throw new IllegalStateException("a search was " + reply.get("degraded").asText());
    }
    JsonNode hits = reply.get(variant.context() ? "items" : "results");
    Map<String, Double> best = new LinkedHashMap<>();
    for (int i = 0; i < hits.size(); i++) {
      JsonNode hit = hits.get(i);
      String id = hit.at(unit == Unit.MEMORY ? "/id" : "/source/uri").asText();
      double score = variant.context() ? hits.size() - i : hit.get("score").asDouble();
      best.merge(id, score, Math::max);
    }
    return best.entrySet().stream()
        .map(found -> new Ranking.Scored(found.getKey(), found.getValue()))
        .toList();
  }

  /** Id of the embedding space in use. */
  String space() {
    HttpRequest.Builder request = request("/v1/spaces").GET();
    return send("/v1/spaces", request).at("/spaces/0/id").asText();
  }

  /** Ids of the spaces that can be searched, the active one first. */
  public List<String> completeSpaces() {
    List<String> ids = new ArrayList<>();
    for (JsonNode space : send("/v1/spaces", request("/v1/spaces").GET()).get("spaces")) {
      if (COMPLETE.contains(space.get("state").asText())) {
        ids.add(space.get("id").asText());
      }
    }
    return ids;
  }

  /**
   * Fills the space of the other model, which does not become the active one.
   *
   * @throws IllegalStateException why that cannot be done
   */
  public void fillNextSpace(Progress progress) throws InterruptedException {
    JsonNode job = post("/v1/reembed", "application/json", "{\"switch\": false}");
    String path = "/v1/jobs/" + job.get("id").asText();
    long total = 0;
    long told = 0;
    while (!job.has("finished_at")) {
      Thread.sleep(POLL_MILLIS);
      job = send(path, request(path).GET());
      if (total == 0 && job.path("total").asLong() > 0) {
        total = job.get("total").asLong();
        progress.begin("filling the other space", total);
      }
      if (total > 0) {
        progress.did(job.path("done").asLong() - told);
        told = job.path("done").asLong();
      }
    }
    if (!job.get("state").asText().equals("done")) {
      throw new IllegalStateException(
          "the other space was not filled: " + job.path("reason").asText(job.toString()));
    }
  }

  private JsonNode post(String path, String type, String body) {
    return send(
        path,
        request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private JsonNode send(String path, HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> reply =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (reply.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            url + path + " answered " + reply.statusCode() + ": " + new String(reply.body()));
      }
      return JSON.readTree(reply.body());
    } catch (IOException e) {
      throw new IllegalStateException(url + path + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
