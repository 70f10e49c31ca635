package org.hippocamel.embedded.tei.core;

import java.util.ArrayList;
import java.util.List;

/** The threads that run the model, one text at a time each. */
final class InferenceThreads implements AutoCloseable {
  private final Queue queue;
  private final Backend backend;
  private final Metrics metrics;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean healthy = true;

  InferenceThreads(Queue queue, Backend backend, Metrics metrics, int count) {
    this.queue = queue;
    this.backend = backend;
    this.metrics = metrics;
    for (int i = 0; i < count; i++) {
      start("tei-inference-" + i, queue::next);
    }
    start("tei-inference-interactive", queue::nextInteractive);
  }

  /** False after a failed inference, until one succeeds. */
  boolean healthy() {
    return healthy;
  }

  boolean probe(ValidEncoding input) {
    try {
      if (backend.modelType() instanceof ModelType.Embedding) {
        backend.embed(input);
      } else {
        backend.predict(input);
      }
      healthy = true;
    } catch (Throwable e) { // an error too: the model does not answer
      healthy = false;
    }
    return healthy;
  }

  /** Call after the queue is closed. */
  @Override
  public void close() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true; // the session must not be freed under a running inference
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Source {
    Entry next() throws InterruptedException;
  }

  private void start(String name, Source source) {
    Thread thread = new Thread(() -> serve(source), name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void serve(Source source) {
    try {
      for (Entry entry = source.next(); entry != null; entry = source.next()) {
        infer(entry);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void infer(Entry entry) {
    Pending pending = entry.pending();
    long start = System.nanoTime();
    metrics.record("te_batch_next_size", 1);
    metrics.record("te_batch_next_tokens", entry.encoding().length());
    Task task = pending.call.task();
    float[][] result;
    try {
      result = task.run(backend, entry.encoding());
      healthy = true;
    } catch (Throwable e) { // an error too: somebody waits, and others need this thread
      // A refusal of the model's leaves it none the worse.
      healthy &= e instanceof TeiException;
      pending.failed(TeiException.of(e));
      metrics.count("te_request_failure", "err", "inference");
      return;
    }
    long end = System.nanoTime();
    pending.queueNanos.add(start - entry.queuedNanos());
    pending.inferenceNanos.add(end - start);
    metrics.count(task.series() + "success");
    metrics.recordNanos(task.series() + "queue_duration", start - entry.queuedNanos());
    metrics.recordNanos(task.series() + "inference_duration", end - start);
    metrics.recordNanos(task.series() + "duration", end - entry.startedNanos());
    pending.arrived(entry.index(), result);
  }
}
