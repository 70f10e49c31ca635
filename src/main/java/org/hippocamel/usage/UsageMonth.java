package org.hippocamel.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * One month's usage.
 *
 * @param since when the first of it was recorded, or the month's beginning
 */
public record UsageMonth(YearMonth month, Usage usage, Instant since) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** Time that is measured, a minute at least. */
  public Duration measured(Instant now) {
    Duration measured = Duration.between(since, end().isBefore(now) ? end() : now);
    return measured.compareTo(SHORTEST) < 0 ? SHORTEST : measured;
  }

  /** What the whole month has if it goes on as in the time that is measured. */
  public Usage projected(Instant now) {
    Duration whole = Duration.between(begin(), end());
    return usage.times((double) whole.toMillis() / measured(now).toMillis());
  }

  private Instant begin() {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private Instant end() {
    return month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
