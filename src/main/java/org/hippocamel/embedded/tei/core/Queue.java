package org.hippocamel.embedded.tei.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Texts waiting for the model, first in, first out within each lane. Thread-safe.
 *
 * <p>Texts are handed out singly: the quantised model makes a text's vector depend on its
 * neighbours in a batch, so a batch would not be repeatable.
 *
 * <p>One thread takes only interactive texts; the others take those first too, but not twice in a
 * row while bulk waits, so that a flood of queries halves ingest and never stops it.
 */
final class Queue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition anyWork = lock.newCondition();
  private final Condition interactiveWork = lock.newCondition();
  private final Deque<Entry> interactive = new ArrayDeque<>();
  private final Deque<Entry> bulk = new ArrayDeque<>();
  private final Metrics metrics;
  private boolean bulkIsDue;
  private boolean closed;

  Queue(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Queues all texts of one call, together; fails them if the queue is closed. */
  void append(List<Entry> entries, Lane lane) {
    lock.lock();
    try {
      if (closed) {
        entries.forEach(
            entry -> entry.pending().failed(TeiException.backend("the server is closed", null)));
        return;
      }
      (lane == Lane.INTERACTIVE ? interactive : bulk).addAll(entries);
      metrics.set("te_queue_size", size());
      if (lane == Lane.INTERACTIVE) {
        interactiveWork.signal();
      }
      anyWork.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a text of either lane; null when the queue is closed. */
  Entry next() throws InterruptedException {
    return next(false);
  }

  /** Waits for a text of the interactive lane; null when the queue is closed. */
  Entry nextInteractive() throws InterruptedException {
    return next(true);
  }

  /** Lets all waiting threads go and gives back what was not served. */
  List<Entry> close() {
    lock.lock();
    try {
      closed = true;
      List<Entry> rest = new ArrayList<>(interactive);
      rest.addAll(bulk);
      interactive.clear();
      bulk.clear();
      anyWork.signalAll();
      interactiveWork.signalAll();
      return rest;
    } finally {
      lock.unlock();
    }
  }

  private Entry next(boolean interactiveOnly) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Entry entry = interactiveOnly ? interactive.poll() : pollEither();
        if (entry == null) {
          (interactiveOnly ? interactiveWork : anyWork).await();
        } else if (entry.pending().isOver()) {
          entry.pending().dropped();
          metrics.count("te_request_failure", "err", "dropped");
        } else {
          metrics.set("te_queue_size", size());
          return entry;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Entry pollEither() {
    if (interactive.isEmpty() || (bulkIsDue && !bulk.isEmpty())) {
      bulkIsDue = false;
      return bulk.poll();
    }
    bulkIsDue = true;
    return interactive.poll();
  }

  private int size() {
    return interactive.size() + bulk.size();
  }
}
