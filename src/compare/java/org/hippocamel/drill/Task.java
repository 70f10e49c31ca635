package org.hippocamel.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.hippocamel.bench.StubTei;

/** Texts that are embedded by several callers at once, each of whom takes the next few. */
final class Task {
  private static final int DIMENSIONS = 384;

  private final List<String> texts;
  private final int textsPerCall;
  private final int callers;
  private final float[][] answers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>();

  Task(List<String> texts, int textsPerCall, int callers) {
    this.texts = texts;
    this.textsPerCall = textsPerCall;
    this.callers = callers;
    this.answers = new float[texts.size()][];
  }

  /**
   * @param processor seconds that all processes have used so far
   */
  Measured run(Client client, StubTei tei, DoubleSupplier processor) throws Exception {
    tei.forgetCalls();
    double used = processor.getAsDouble();
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    List<Long> nanos = new ArrayList<>();
    long start = System.nanoTime();
    try {
      List<Future<List<Long>>> all = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        all.add(threads.submit(() -> call(client)));
      }
      for (Future<List<Long>> one : all) {
        nanos.addAll(one.get());
      }
    } finally {
      threads.shutdown();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    used = processor.getAsDouble() - used;
    nanos.sort(null);
    lookUp(client);
    return new Measured(
        texts.size(),
        seconds,
        (int) tei.counts().calls(),
        tei.maxTextsInFlight(),
        (int) Arrays.stream(answers).filter(vector -> vector == null).count(),
        wrong(),
        nanos.get((nanos.size() - 1) * 99 / 100) / 1e6,
        nanos.get(nanos.size() - 1) / 1e6,
        used,
        failure.get());
  }

  private void lookUp(Client client) {
    List<float[]> vectors = client.vectors(texts);
    for (int i = 0; vectors != null && i < answers.length; i++) {
      answers[i] = vectors.get(i);
    }
  }

  /** Nanoseconds of each call. */
  private List<Long> call(Client client) {
    List<Long> nanos = new ArrayList<>();
    for (int from = take(); from < texts.size(); from = take()) {
      List<String> slice = texts.subList(from, Math.min(texts.size(), from + textsPerCall));
      long start = System.nanoTime();
      try {
        List<float[]> vectors = client.embed(slice);
        if (vectors.size() != slice.size()) {
          throw new IllegalStateException(vectors.size() + " vectors for " + slice.size());
        }
        for (int i = 0; i < slice.size(); i++) {
          answers[from + i] = vectors.get(i);
        }
      } catch (RuntimeException e) {
        failure.compareAndSet(null, e.toString());
      }
      nanos.add(System.nanoTime() - start);
    }
    return nanos;
  }

  private int take() {
    return next.getAndAdd(textsPerCall);
  }

  private int wrong() {
    int wrong = 0;
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] != null
          && !Arrays.equals(answers[i], StubTei.vector(texts.get(i), DIMENSIONS))) {
        wrong++;
      }
    }
    return wrong;
  }
}
