package org.hippocamel.ingest;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * One version of a source at a time: two at once would each remove the other's passages as surplus.
 * Within this process. Thread-safe.
 */
final class SourceTurns {
  private final Duration patience;
  private final Set<String> busy = new HashSet<>();

  SourceTurns(Duration patience) {
    this.patience = patience;
  }

  /**
   * Waits for the turn.
   *
   * @throws Problem UNAVAILABLE when another version is still being taken in after the patience
   */
  synchronized Turn take(String sourceId, String uri) {
    long end = System.nanoTime() + patience.toNanos();
    while (!busy.add(sourceId)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new Problem(
            ProblemKind.UNAVAILABLE,
            "another version of \"" + uri + "\" is being taken in; send this one again later");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Problem(ProblemKind.UNAVAILABLE, "the process is being stopped", e);
      }
    }
    return new Turn(sourceId);
  }

  private synchronized void end(String sourceId) {
    busy.remove(sourceId);
    notifyAll();
  }

  /** Ends once, however often it is closed. */
  final class Turn {
    private final String sourceId;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Turn(String sourceId) {
      this.sourceId = sourceId;
    }

    void close() {
      if (ended.compareAndSet(false, true)) {
        end(sourceId);
      }
    }
  }
}
