package org.hippocamel.embedded.tei.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The threads that tokenise: one per lane, so that a short query never waits while a megabyte of
 * bulk text is cut into tokens.
 */
final class Tokenizers implements AutoCloseable {
  private final ExecutorService bulk = executor("tei-tokenize");
  private final ExecutorService interactive = executor("tei-tokenize-interactive");

  void run(Lane lane, Runnable task) {
    try {
      (lane == Lane.INTERACTIVE ? interactive : bulk).execute(task);
    } catch (RejectedExecutionException e) {
      throw TeiException.backend("the server is closed", e);
    }
  }

  @Override
  public void close() {
    bulk.shutdown();
    interactive.shutdown();
    try {
      bulk.awaitTermination(30, TimeUnit.SECONDS);
      interactive.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ExecutorService executor(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
