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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code POST /v1/embeddings} of Hippocamel by the JDK's own HTTP client, without a retry: what the
 * gateway does not mend is lost. Texts that it refuses by name are left out and the others asked
 * again, as {@code api/openapi.yaml} tells callers to.
 */
final class GatewayClient implements Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;

  GatewayClient(String url) {
    address = URI.create(url + "/v1/embeddings");
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    HttpResponse<byte[]> answer = post(texts);
    JsonNode body = read(answer.body());
    Set<Integer> refused = refused(body.path("error"));
    if (answer.statusCode() == 400 && !refused.isEmpty()) {
      return without(refused, texts);
    }
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(body.at("/error/message").asText());
    }
    List<float[]> vectors = new ArrayList<>();
    body.get("data").forEach(item -> vectors.add(floats(item.get("embedding").asText())));
    return vectors;
  }

  private List<float[]> without(Set<Integer> refused, List<String> texts) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (!refused.contains(i)) {
        others.add(texts.get(i));
      }
    }
    List<float[]> vectors = others.isEmpty() ? new ArrayList<>() : new ArrayList<>(embed(others));
    refused.forEach(index -> vectors.add(index, null)); // in rising order
    return vectors;
  }

  private static Set<Integer> refused(JsonNode error) {
    Set<Integer> indexes = new TreeSet<>();
    List<String> pointers = new ArrayList<>(List.of(error.path("param").asText("")));
    error.path("errors").forEach(fault -> pointers.add(fault.path("pointer").asText()));
    for (String pointer : pointers) {
      if (pointer.matches("/input/\\d+")) {
        indexes.add(Integer.parseInt(pointer.substring("/input/".length())));
      }
    }
    return indexes;
  }

  private HttpResponse<byte[]> post(List<String> texts) {
    ObjectNode body = JSON.createObjectNode().put("encoding_format", "base64");
    texts.forEach(body.putArray("input")::add);
    try {
      return http.send(
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] floats(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
