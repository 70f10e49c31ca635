package org.hippocamel.rerank;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The answer of TEI's {@code POST /rerank}: {@code [{"index": 0, "score": 0.9}, ...]}. */
final class RerankAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private RerankAnswer() {}

  /**
   * Reads an answer.
   *
   * @param texts how many were asked for
   * @return a score for each text, in their order
   * @throws Problem RERANKER_FAILED unless it holds one finite score for each text
   */
  static float[] parse(byte[] body, int texts) {
    float[] scores = new float[texts];
    Arrays.fill(scores, Float.NaN);
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw failed("something else than a list of scores");
      }
      int read = 0;
      while (json.nextToken() == JsonToken.START_OBJECT) {
        item(json, scores);
        read++;
      }
      if (read != texts || json.currentToken() != JsonToken.END_ARRAY) {
        throw failed(read + " scores for " + texts + " texts");
      }
    } catch (IOException e) {
      throw new Problem(
          ProblemKind.RERANKER_FAILED, "the reranker's answer is not a list of scores", e);
    }
    return scores;
  }

  private static void item(JsonParser json, float[] scores) throws IOException {
    int index = -1;
    float score = Float.NaN;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
        index = json.getIntValue();
      } else if (name.equals("score") && value.isNumeric()) {
        score = json.getFloatValue();
      } else {
        json.skipChildren();
      }
    }
    if (index < 0 || index >= scores.length || !Float.isNaN(scores[index])) {
      throw failed("a score for text " + index + " of " + scores.length);
    }
    // TEI, like all that write JSON by its rules, has null for NaN and infinity.
    if (!Float.isFinite(score)) {
      throw failed("a score that is no number");
    }
    scores[index] = score;
  }

  private static Problem failed(String what) {
    return new Problem(ProblemKind.RERANKER_FAILED, "the reranker answered with " + what);
  }
}
