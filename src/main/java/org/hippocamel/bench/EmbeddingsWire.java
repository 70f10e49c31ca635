package org.hippocamel.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** OpenAI's embeddings on the wire, as a client sees them. */
final class EmbeddingsWire {
  static final String ROUTE = "/v1/embeddings";

  private static final JsonFactory JSON = new JsonFactory();

  private EmbeddingsWire() {}

  /**
   * @param model null for none
   */
  static byte[] request(List<String> texts, String format, String model) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(256 * texts.size());
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeFieldName("input");
      if (texts.size() == 1) {
        json.writeString(texts.get(0));
      } else {
        json.writeArray(texts.toArray(String[]::new), 0, texts.size());
      }
      json.writeStringField("encoding_format", format);
      if (model != null) {
        json.writeStringField("model", model);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /**
   * What an answer holds.
   *
   * @param dimension length of the vectors
   * @param model as the server names it, "" if it does not
   */
  record Vectors(int count, int dimension, String model) {}

  /**
   * Reads an answer whole: a benchmark that does not look at the answers measures errors too.
   *
   * @throws IOException saying what is wrong with it
   */
  static Vectors vectors(byte[] body) throws IOException {
    int count = 0;
    int dimension = 0;
    String model = "";
    try (JsonParser json = JSON.createParser(body)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token != JsonToken.FIELD_NAME) {
          continue;
        }
        if (json.currentName().equals("model")) {
          model = String.valueOf(json.nextTextValue());
        } else if (json.currentName().equals("embedding")) {
          int length = json.nextToken() == JsonToken.START_ARRAY ? numbers(json) : bits(json);
          if (count > 0 && length != dimension) {
            throw new IOException("vectors of " + dimension + " and of " + length + " numbers");
          }
          dimension = length;
          count++;
        }
      }
    }
    return new Vectors(count, dimension, model);
  }

  private static int numbers(JsonParser json) throws IOException {
    int length = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; length++) {
      if (!json.currentToken().isNumeric()) {
        throw new IOException("a vector holds " + json.getText());
      }
    }
    return length;
  }

  private static int bits(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException("an embedding is " + json.getText());
    }
    FloatBuffer vector =
        ByteBuffer.wrap(json.getBinaryValue()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < vector.limit(); i++) {
      if (!Float.isFinite(vector.get(i))) {
        throw new IOException("a vector holds " + vector.get(i));
      }
    }
    return vector.limit();
  }
}
