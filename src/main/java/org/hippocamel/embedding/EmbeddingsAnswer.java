package org.hippocamel.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Reads TEI's OpenAI-shaped answer into vectors, placed by their {@code index}. Base64 of
 * little-endian float32, as TEI sends it.
 */
final class EmbeddingsAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private final float[][] vectors;
  private final Consumer<String> model;
  private int promptTokens;

  private EmbeddingsAnswer(int count, Consumer<String> model) {
    this.vectors = new float[count][];
    this.model = model;
  }

  /**
   * For each text a vector, all of one length; NaN and infinity are refused.
   *
   * @param model hears the name that the answer gives the model
   */
  static List<Embedding> parse(byte[] body, List<String> texts, Consumer<String> model) {
    EmbeddingsAnswer answer = new EmbeddingsAnswer(texts.size(), model);
    try (JsonParser json = JSON.createParser(body)) {
      answer.read(json);
    } catch (IOException e) {
      throw new Problem(
          ProblemKind.EMBEDDER_FAILED, "the embedder's answer is not embeddings JSON", e);
    }
    answer.check();
    return answer.embeddings(texts);
  }

  private void read(JsonParser json) throws IOException {
    while (json.nextToken() != null) {
      if (json.currentToken() != JsonToken.FIELD_NAME) {
        continue;
      }
      if (json.currentName().equals("prompt_tokens")) {
        promptTokens = json.nextIntValue(0);
      } else if (json.currentName().equals("model")) {
        String name = json.nextTextValue();
        if (name != null) {
          model.accept(name);
        }
      } else if (json.currentName().equals("data") && json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          readItem(json);
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

  /**
   * TEI counts tokens by call, not by text: each text gets a share by its length, and the shares of
   * a call add up to TEI's own count.
   */
  private List<Embedding> embeddings(List<String> texts) {
    List<Embedding> embeddings = new ArrayList<>(vectors.length);
    long chars = texts.stream().mapToLong(String::length).sum();
    long before = 0;
    int given = 0;
    for (int i = 0; i < vectors.length; i++) {
      before += texts.get(i).length();
      int upTo = (int) (promptTokens * before / Math.max(1, chars));
      embeddings.add(embedding(vectors[i], upTo - given));
      given = upTo;
    }
    return embeddings;
  }

  private static Embedding embedding(float[] vector, int tokens) {
    return finite(vector)
        ? Embedding.of(vector, tokens)
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
