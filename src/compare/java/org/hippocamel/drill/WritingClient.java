package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BinaryVector;
import org.bson.Document;

/**
 * {@code POST /v1/interactions} of Hippocamel: the texts are stored and indexed as well, and a
 * refused one is reported at its place. The vectors are read from the store afterwards.
 */
final class WritingClient implements Client, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private final MongoClient store;
  private final MongoCollection<Document> memories;

  WritingClient(String url, String storeUri) {
    address = URI.create(url + "/v1/interactions");
    store = MongoClients.create(storeUri);
    memories = store.getDatabase("hippocamel").getCollection("memories");
  }

  /** An empty vector for each text that is stored. */
  @Override
  public List<float[]> embed(List<String> texts) {
    ArrayNode body = JSON.createArrayNode();
    texts.forEach(
        text -> body.addObject().put("id", id(text)).put("agent_id", "writer").put("text", text));
    JsonNode answer = post(body);
    List<float[]> vectors = new ArrayList<>();
    answer
        .path("results")
        .forEach(result -> vectors.add(result.has("error") ? null : new float[0]));
    return vectors;
  }

  @Override
  public List<float[]> vectors(List<String> texts) {
    Map<String, float[]> stored = new HashMap<>();
    List<String> keys = texts.stream().map(text -> "default:" + id(text)).toList();
    for (Document row : memories.find(Filters.in("_id", keys))) {
      row.get("vectors", Document.class)
          .values()
          .forEach(
              vector ->
                  stored.put(
                      row.getString("text"), ((BinaryVector) vector).asFloat32Vector().getData()));
    }
    return texts.stream().map(stored::get).toList();
  }

  /** The numbers that a text begins with. */
  private static String id(String text) {
    return text.substring(0, text.indexOf(':')).replace(' ', '-');
  }

  private JsonNode post(ArrayNode body) {
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(address)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      JsonNode read = JSON.readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(read.path("detail").asText());
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
