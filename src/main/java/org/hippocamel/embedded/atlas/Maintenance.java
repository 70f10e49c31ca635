package org.hippocamel.embedded.atlas;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hippocamel.embedded.atlas.command.Cursors;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.store.Expiry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done now and again: expired documents, idle cursors, sparse parts of the file. */
final class Maintenance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
  private static final Duration CURSOR_CHECK = Duration.ofMinutes(1);

  /** Measured: at this pace a file of single-document commits stays near its live size. */
  private static final Duration COMPACTION = Duration.ofMillis(500);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "atlas-maintenance");
            thread.setDaemon(true);
            return thread;
          });

  Maintenance(DocumentStore store, Cursors cursors, Duration ttlInterval) {
    Expiry expiry = new Expiry(store, Clock.systemUTC());
    every(ttlInterval, expiry::sweep);
    every(CURSOR_CHECK, cursors::closeIdle);
    every(COMPACTION, store::compact);
  }

  private void every(Duration interval, Runnable task) {
    long millis = interval.toMillis();
    executor.scheduleWithFixedDelay(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("store maintenance failed and will be tried again", e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("store maintenance was still busy 10 s after close");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
