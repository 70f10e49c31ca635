package org.hippocamel.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast a count has grown of late. Not thread-safe. */
public final class JobRate {
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private record Sample(Instant at, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Takes the count of this moment; those of longer than half a minute ago are forgotten. */
  public void add(Instant now, long count) {
    samples.addLast(new Sample(now, count));
    // One from before the window stays: else a slow worker would have no rate.
    while (samples.size() > 2 && second().at().isBefore(now.minus(WINDOW))) {
      samples.removeFirst();
    }
  }

  private Sample second() {
    var each = samples.iterator();
    each.next();
    return each.next();
  }

  /** Items a second; empty before there are two moments to compare. */
  public OptionalDouble perSecond() {
    if (samples.size() < 2) {
      return OptionalDouble.empty();
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = Duration.between(first.at(), last.at()).toMillis() / 1e3;
    return seconds > 0
        ? OptionalDouble.of((last.count() - first.count()) / seconds)
        : OptionalDouble.empty();
  }
}
