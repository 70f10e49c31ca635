package org.hippocamel.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Reads TEI's OpenAI-shaped answer into vectors, placed by their {@code index}. Base64 of
 * little-endian float32, as TEI sends it.
 */
final class EmbeddingsAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private final float[][] vectors;

  private EmbeddingsAnswer(int count) {
    this.vectors = new float[count][];
  }

  /** For each of {@code count} texts a vector, all of one length; NaN and infinity are refused. */
  static List<Embedding> parse(byte[] body, int count) {
    EmbeddingsAnswer answer = new EmbeddingsAnswer(count);
    try (JsonParser json = JSON.createParser(body)) {
      answer.read(json);
    } catch (IOException e) {
      throw new Problem(
          ProblemKind.EMBEDDER_FAILED, "the embedder's answer is not embeddings JSON", e);
    }
    answer.check();
    return Arrays.stream(answer.vectors).map(EmbeddingsAnswer::embedding).toList();
  }

  private void read(JsonParser json) throws IOException {
    while (json.nextToken() != null) {
      if (json.currentToken() == JsonToken.FIELD_NAME && "data".equals(json.currentName())) {
        if (json.nextToken() == JsonToken.START_ARRAY) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            readItem(json);
          }
        }
      }
    }
  }

  private void readItem(JsonParser json) throws IOException {
    float[] vector = null;
    int index = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("embedding") && value == JsonToken.VALUE_STRING) {
        vector = floats(json.getBinaryValue());
      } else if (name.equals("index")) {
        index = json.getValueAsInt(-1);
      } else {
        json.skipChildren();
      }
    }
    if (index < 0 || index >= vectors.length || vectors[index] != null) {
      throw failed("an embedding with index " + index + " for " + vectors.length + " texts");
    }
    vectors[index] = vector;
  }

  private static float[] floats(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw failed("a vector of " + bytes.length + " bytes, which are no floats");
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  private void check() {
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] == null) {
        throw failed("no embedding for text " + i + " of " + vectors.length);
      }
      if (vectors[i].length == 0) {
        throw failed("an empty vector for text " + i);
      }
      if (vectors[i].length != vectors[0].length) {
        throw failed("vectors of different lengths");
      }
    }
  }

  private static Embedding embedding(float[] vector) {
    return finite(vector)
        ? Embedding.of(vector)
        : Embedding.refused(failed("a vector with NaN or infinite values"));
  }

  private static boolean finite(float[] vector) {
    float sum = 0;
    for (float value : vector) {
      sum += value * 0f; // NaN and infinities stay NaN, everything else adds 0
    }
    return sum == 0f;
  }

  private static Problem failed(String what) {
    return new Problem(ProblemKind.EMBEDDER_FAILED, "the embedder answered with " + what);
  }
}
