package org.hippocamel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What a server says of itself before it is measured.
 *
 * @param model as replies name it
 * @param dimension of its vectors
 * @param maxTexts of one request; a TEI says it in {@code /info}, others take them all
 */
public record Probe(String model, int dimension, int maxTexts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IOException naming the server and what is wrong with it
   */
  static Probe of(Endpoint endpoint, String format, LoadTexts texts, Duration timeout)
      throws IOException {
    try (LoadConnection connection = new LoadConnection(endpoint, timeout)) {
      connection.post(
          EmbeddingsWire.ROUTE,
          EmbeddingsWire.request(List.of(texts.next()), format, endpoint.model()));
      LoadConnection.Answer answer = connection.receive();
      if (answer.status() != 200) {
        throw new IOException("it answers " + answer.status() + " " + answer.said());
      }
      EmbeddingsWire.Vectors vectors = EmbeddingsWire.vectors(answer.body());
      if (vectors.count() != 1 || vectors.dimension() == 0) {
        throw new IOException("it answers " + vectors.count() + " vectors for one text");
      }
      return new Probe(vectors.model(), vectors.dimension(), maxTexts(connection));
    } catch (IOException e) {
      throw new IOException(
          endpoint.name() + " at " + endpoint.url() + " cannot be measured: " + said(e), e);
    }
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static int maxTexts(LoadConnection connection) throws IOException {
    connection.get("/info");
    LoadConnection.Answer answer = connection.receive();
    if (answer.status() != 200) {
      return Integer.MAX_VALUE;
    }
    try {
      JsonNode info = JSON.readTree(answer.body());
      return Math.max(1, info.path("max_client_batch_size").asInt(Integer.MAX_VALUE));
    } catch (IOException e) {
      return Integer.MAX_VALUE; // a page of something that is no TEI
    }
  }
}
