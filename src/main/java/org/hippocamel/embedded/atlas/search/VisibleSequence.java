package org.hippocamel.embedded.atlas.search;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which committed changes a search may see. Without a delay: all. With one: those committed at
 * least so long ago, in steps of a 16th of the delay, so that a busy writer leaves few entries
 * here.
 */
final class VisibleSequence {
  private static final int STEPS = 16;

  private final long delayNanos;
  private final Deque<Step> steps = new ArrayDeque<>();
  private long visible;

  private record Step(long visibleAt, long sequence) {}

  VisibleSequence(Duration delay, long visible) {
    delayNanos = delay.toNanos();
    this.visible = visible;
  }

  boolean delays() {
    return delayNanos > 0;
  }

  /** Notes a commit at {@code now}, a {@link System#nanoTime}. */
  synchronized void committed(long sequence, long now) {
    Step last = steps.peekLast();
    if (last != null && now + delayNanos <= last.visibleAt) {
      steps.pollLast();
      steps.addLast(new Step(last.visibleAt, Math.max(sequence, last.sequence)));
    } else {
      steps.addLast(new Step(now + delayNanos + delayNanos / STEPS, sequence));
    }
  }

  /** The last change that may be seen at {@code now}. */
  synchronized long at(long now) {
    while (!steps.isEmpty() && steps.peekFirst().visibleAt - now <= 0) {
      visible = Math.max(visible, steps.pollFirst().sequence);
    }
    return visible;
  }

  /** Nanoseconds after which a change committed now can be seen. */
  long longest() {
    return delayNanos + delayNanos / STEPS;
  }
}
