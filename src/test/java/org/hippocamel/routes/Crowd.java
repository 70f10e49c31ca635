package org.hippocamel.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;

/** Many callers of {@code POST /v1/embeddings}, each with one text of its own, all at once. */
public final class Crowd {
  private final List<String> texts;
  private final List<CompletableFuture<Answer>> answers;

  private Crowd(List<String> texts, List<CompletableFuture<Answer>> answers) {
    this.texts = texts;
    this.answers = answers;
  }

  /**
   * Asks; returns at once.
   *
   * @param what the texts begin with; each ends in its number
   */
  public static Crowd ask(RunningBundle bundle, String what, int callers) {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    List<String> texts = IntStream.range(0, callers).mapToObj(i -> what + " " + i).toList();
    List<CompletableFuture<Answer>> answers =
        texts.stream()
            .map(text -> CompletableFuture.supplyAsync(() -> post(bundle, text), threads))
            .toList();
    threads.shutdown();
    return new Crowd(texts, answers);
  }

  private static Answer post(RunningBundle bundle, String text) {
    return bundle.post(
        "/v1/embeddings", "{\"input\": [\"" + text + "\"], \"encoding_format\": \"base64\"}");
  }

  /** Waits for every answer and counts. */
  public Outcome outcome() {
    int right = 0;
    int wrong = 0;
    int refused = 0;
    String refusal = "";
    for (int i = 0; i < texts.size(); i++) {
      Answer answer = answers.get(i).join();
      if (answer.status() != 200) {
        refused++;
        refusal = answer.response().body();
      } else if (Arrays.equals(
          vector(answer.json()), StubTei.vector(texts.get(i), StubbedBundle.DIMENSIONS))) {
        right++;
      } else {
        wrong++;
      }
    }
    return new Outcome(texts.size(), right, wrong, refused, refusal);
  }

  private static float[] vector(JsonNode answer) {
    try {
      byte[] bytes = answer.at("/data/0/embedding").binaryValue();
      float[] vector = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
      return vector;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param asked callers
   * @param right answered with the vector of their own text
   * @param wrong answered with another
   * @param refused answered with an error
   * @param refusal body of the last error, "" without one
   */
  public record Outcome(int asked, int right, int wrong, int refused, String refusal) {}
}
