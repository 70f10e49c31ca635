package org.hippocamel.memory;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Dates as callers write them: {@code 2026-01-31} (midnight UTC) or {@code 2026-01-31T12:00:00Z}
 * with {@code Z} or an offset. A time without an offset is refused, for it names no instant.
 */
public final class IsoDate {
  /** What to tell somebody whose date was refused. */
  public static final String HINT = "write 2026-01-31 or 2026-01-31T12:00:00Z";

  private static final int LONGEST = 40;

  private IsoDate() {}

  /** The instant to the millisecond, as BSON keeps it; empty unless the year is 1 to 9999. */
  public static Optional<Instant> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      OffsetDateTime date =
          text.indexOf('T') < 0 && text.indexOf('t') < 0
              ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
              : OffsetDateTime.parse(text);
      return date.getYear() < 1 || date.getYear() > 9999
          ? Optional.empty()
          : Optional.of(date.toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
