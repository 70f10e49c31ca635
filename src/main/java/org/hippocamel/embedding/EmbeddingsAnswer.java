package org.hippocamel.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * TEI's OpenAI-shaped answer, read into vectors that are placed by their {@code index}. Base64 of
 * little-endian float32 as TEI sends it, or numbers, for servers that do not care which was asked.
 */
public final class EmbeddingsAnswer {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // What a server in Python writes for a NaN; TEI writes null.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final float[] NULL = new float[0];
  private static final int USUAL_DIMENSIONS = 1_024;

  private final float[][] vectors;
  private final List<String> texts;
  private final Consumer<String> model;
  private int promptTokens;

  private EmbeddingsAnswer(List<String> texts, Consumer<String> model) {
    this.vectors = new float[texts.size()][];
    this.texts = texts;
    this.model = model;
  }

  /**
   * Reads an answer.
   *
   * @param body one JSON object in UTF-8
   * @param texts those that were asked for, none blank
   * @param model hears the name that the answer gives the model
   * @throws Problem EMBEDDER_FAILED when it holds not one vector for each text, all of one length
   */
  public static EmbeddingsAnswer parse(byte[] body, List<String> texts, Consumer<String> model) {
    EmbeddingsAnswer answer = new EmbeddingsAnswer(texts, model);
    try (JsonParser json = JSON.createParser(body)) {
      answer.read(json);
    } catch (IOException e) {
      throw new Problem(
          ProblemKind.EMBEDDER_FAILED, "the embedder's answer is not embeddings JSON", e);
    }
    answer.check();
    return answer;
  }

  private void read(JsonParser json) throws IOException {
    while (json.nextToken() != null) {
      if (json.currentToken() != JsonToken.FIELD_NAME) {
        continue;
      }
      if (json.currentName().equals("prompt_tokens")) {
        promptTokens = Math.max(0, json.nextIntValue(0));
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
      if (name.equals("embedding")) {
        vector = vector(json, value);
      } else if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
        index = json.getIntValue();
      } else {
        json.skipChildren();
      }
    }
    if (index < 0 || index >= vectors.length || vectors[index] != null) {
      throw failed("an embedding with index " + index + " for " + vectors.length + " texts");
    }
    vectors[index] = vector;
  }

  private float[] vector(JsonParser json, JsonToken value) throws IOException {
    return switch (value) {
      case VALUE_STRING -> floats(json.getBinaryValue());
      case START_ARRAY -> numbers(json);
      case VALUE_NULL -> NULL;
      default -> throw noVector();
    };
  }

  private static float[] floats(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw failed("a vector of " + bytes.length + " bytes, which are no floats");
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  /** TEI, like all that write JSON by its rules, has null for NaN and infinity. */
  private float[] numbers(JsonParser json) throws IOException {
    float[] vector = new float[vectors[0] == null ? USUAL_DIMENSIONS : vectors[0].length];
    int length = 0;
    for (JsonToken value = json.nextToken();
        value != JsonToken.END_ARRAY;
        value = json.nextToken()) {
      if (length == vector.length) {
        vector = Arrays.copyOf(vector, 2 * length + 1);
      }
      vector[length++] =
          switch (value) {
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> json.getFloatValue();
            case VALUE_NULL -> Float.NaN;
            default -> throw noVector();
          };
    }
    return length == vector.length ? vector : Arrays.copyOf(vector, length);
  }

  private void check() {
    int dimensions = -1;
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] == null) {
        throw failed("no embedding for text " + i + " of " + vectors.length);
      }
      if (vectors[i] == NULL) {
        continue;
      }
      if (vectors[i].length == 0) {
        throw failed("an empty vector for text " + i);
      }
      if (dimensions >= 0 && vectors[i].length != dimensions) {
        throw failed("vectors of different lengths");
      }
      dimensions = vectors[i].length;
    }
  }

  /** Tokens of all texts together, as the server counted them; 0 when it said nothing. */
  public int tokens() {
    return promptTokens;
  }

  /**
   * For each text its vector; one with null, NaN or infinite values is refused. TEI counts tokens
   * by call, not by text: each text gets a share by its length, and the shares of a call add up to
   * TEI's own count.
   */
  public List<Embedding> embeddings() {
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
    if (vector == NULL) {
      return Embedding.refused(noNumber("null instead of a vector"));
    }
    return finite(vector)
        ? Embedding.of(vector, tokens)
        : Embedding.refused(noNumber("a vector with NaN or infinite values"));
  }

  private static boolean finite(float[] vector) {
    float sum = 0;
    for (float value : vector) {
      sum += value * 0f; // NaN and infinities stay NaN, everything else adds 0
    }
    return sum == 0f;
  }

  private static Problem noVector() {
    return failed("an embedding that is neither numbers nor base64");
  }

  /** The model comes to no number for this text: see {@link Diagnosis#ofOneText}. */
  private static Problem noNumber(String what) {
    return new Problem(
        ProblemKind.EMBEDDER_FAILED,
        "the embedder answered with " + what,
        new ArithmeticException(what));
  }

  private static Problem failed(String what) {
    return new Problem(ProblemKind.EMBEDDER_FAILED, "the embedder answered with " + what);
  }
}
