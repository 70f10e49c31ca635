package org.hippocamel.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.hippocamel.embedding.Embedding;

/**
 * Vectors as OpenAI's reply, streamed: through a tree of numbers it would cost several times as
 * much.
 */
final class EmbeddingsJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int FLOAT_CHARS = 12;

  private EmbeddingsJson() {}

  static byte[] of(Embeddings asked, List<Embedding> embeddings, String model) {
    int dimensions = asked.dimensions();
    ByteArrayOutputStream body =
        new ByteArrayOutputStream(256 + embeddings.size() * dimensions * FLOAT_CHARS);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("object", "list");
      json.writeArrayFieldStart("data");
      for (int i = 0; i < embeddings.size(); i++) {
        item(json, i, Matryoshka.cut(embeddings.get(i).vector(), dimensions), asked.base64());
      }
      json.writeEndArray();
      json.writeStringField("model", model);
      int tokens = embeddings.stream().mapToInt(Embedding::tokens).sum();
      json.writeObjectFieldStart("usage");
      json.writeNumberField("prompt_tokens", tokens);
      json.writeNumberField("total_tokens", tokens);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  private static void item(JsonGenerator json, int index, float[] vector, boolean base64)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("object", "embedding");
    json.writeNumberField("index", index);
    json.writeFieldName("embedding");
    if (base64) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      json.writeBinary(bytes.array());
    } else {
      json.writeStartArray();
      for (float value : vector) {
        json.writeNumber(value);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
