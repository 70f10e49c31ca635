package org.hippocamel.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
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
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  // Room for the whole body at once: growing would copy it. A number is -0.0123456789 and a comma;
  // three bytes are four characters of base64, so a float is not quite six.
  private static final int NUMBER_CHARS = 14;
  private static final int BASE64_CHARS = 6;
  private static final int ITEM_CHARS = 64;

  private EmbeddingsJson() {}

  static byte[] of(Embeddings asked, List<Embedding> embeddings, String model) {
    int floats = embeddings.size() * asked.dimensions();
    ByteArrayOutputStream body =
        new ByteArrayOutputStream(
            256
                + embeddings.size() * ITEM_CHARS
                + floats * (asked.base64() ? BASE64_CHARS : NUMBER_CHARS));
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("object", "list");
      json.writeArrayFieldStart("data");
      for (int i = 0; i < embeddings.size(); i++) {
        item(json, i, embeddings.get(i), asked);
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

  private static void item(JsonGenerator json, int index, Embedding embedding, Embeddings asked)
      throws IOException {
    float[] vector = Matryoshka.cut(embedding.vector(), asked.dimensions());
    json.writeStartObject();
    json.writeStringField("object", "embedding");
    json.writeNumberField("index", index);
    json.writeFieldName("embedding");
    if (asked.base64()) {
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
    if (embedding.truncated()) {
      json.writeBooleanField("truncated", true); // not OpenAI's, whose clients pass over it
    }
    json.writeEndObject();
  }
}
