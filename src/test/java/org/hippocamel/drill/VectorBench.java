package org.hippocamel.drill;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hippocamel.api.Embeddings;
import org.hippocamel.api.RestReplies;
import org.hippocamel.embedding.EmbeddingsAnswer;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.TestSpaces;

/**
 * What a vector costs on its way through the gateway: reading it out of TEI's answer and writing it
 * into a reply, as base64 and as JSON numbers. CPU time and allocated bytes of the one thread that
 * does it, for one embedding; without garbage collection, network and HTTP.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.VectorBench [dimensions=768]
 * [batch=32] [calls=2000] [rounds=7]}. Shown is the round with the median CPU time, after one round
 * that does not count.
 */
public final class VectorBench {
  private static final ThreadMXBean THREAD =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private final List<String> texts;
  private final float[][] vectors;
  private final int calls;
  private final int rounds;
  private long sink;

  private VectorBench(int dimensions, int batch, int calls, int rounds) {
    this.texts = IntStream.range(0, batch).mapToObj(i -> "the text with number " + i).toList();
    this.vectors = new float[batch][dimensions];
    this.calls = calls;
    this.rounds = rounds;
    Random random = new Random(768);
    for (float[] vector : vectors) {
      for (int i = 0; i < dimensions; i++) {
        vector[i] = (float) (random.nextGaussian() / Math.sqrt(dimensions));
      }
    }
  }

  public static void main(String[] args) {
    Arguments given = new Arguments(args);
    new VectorBench(
            given.number("dimensions", 768),
            given.number("batch", 32),
            given.number("calls", 2_000),
            given.number("rounds", 7))
        .run();
  }

  private void run() {
    byte[] base64 = answer(true);
    byte[] numbers = answer(false);
    Space space = new Space("m", "m", null, "cls", vectors[0].length, "", "");
    ActiveSpace active = TestSpaces.active(space);
    RestReplies replies = new RestReplies(active, TestSpaces.ready(active), new byte[0]);
    EmbeddingsAnswer read = EmbeddingsAnswer.parse(base64, texts, name -> {});
    System.out.printf(
        "%d dimensions, %d texts a call, Java %s%n",
        vectors[0].length, vectors.length, System.getProperty("java.version"));
    System.out.printf(
        "%-8s %-8s %14s %14s %14s%n", "", "", "CPU us", "allocated B", "on the wire B");
    measure("read", "base64", () -> parsed(base64));
    measure("read", "numbers", () -> parsed(numbers));
    measure("write", "base64", () -> written(replies, read, true));
    measure("write", "numbers", () -> written(replies, read, false));
    System.out.println("checksum " + sink);
  }

  private long parsed(byte[] answer) {
    sink += EmbeddingsAnswer.parse(answer, texts, name -> {}).embeddings().get(0).tokens();
    return answer.length;
  }

  private long written(RestReplies replies, EmbeddingsAnswer read, boolean base64) {
    Embeddings asked = new Embeddings(texts, base64, vectors[0].length, "m-3");
    byte[] body = replies.embeddings(asked, read.embeddings()).body();
    sink += body[body.length / 2];
    return body.length;
  }

  private void measure(String what, String format, Supplier<Long> call) {
    List<long[]> measured = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      long bytes = THREAD.getCurrentThreadAllocatedBytes();
      long cpu = THREAD.getCurrentThreadCpuTime();
      long wire = 0;
      for (int i = 0; i < calls; i++) {
        wire = call.get();
      }
      long[] one = {
        THREAD.getCurrentThreadCpuTime() - cpu,
        THREAD.getCurrentThreadAllocatedBytes() - bytes,
        wire
      };
      if (round > 0) {
        measured.add(one);
      }
    }
    long[] median =
        measured.stream().sorted((a, b) -> Long.compare(a[0], b[0])).toList().get(rounds / 2);
    double embeddings = (double) calls * vectors.length;
    System.out.printf(
        Locale.ROOT,
        "%-8s %-8s %14.2f %14.0f %14d%n",
        what,
        format,
        median[0] / 1e3 / embeddings,
        median[1] / embeddings,
        median[2] / vectors.length);
  }

  /** As TEI answers; numbers in the fewest digits that name the float. */
  private byte[] answer(boolean base64) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      items.add(
          "{\"object\":\"embedding\",\"embedding\":%s,\"index\":%d}"
              .formatted(base64 ? base64(vectors[i]) : numbers(vectors[i]), i));
    }
    return ("{\"object\":\"list\",\"data\":["
            + String.join(",", items)
            + "],\"model\":\"m\",\"usage\":{\"prompt_tokens\":320,\"total_tokens\":320}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String numbers(float[] vector) {
    List<String> numbers = new ArrayList<>();
    for (float value : vector) {
      numbers.add(NumberOutput.toString(value, true));
    }
    return "[" + String.join(",", numbers) + "]";
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
  }
}
