package org.hippocamel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsoDateTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00+05:30, 2026-01-31T06:30:00Z",
    "2026-01-31T12:00:00.123456789Z, 2026-01-31T12:00:00.123Z",
    "0001-01-01, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
  })
  void parse_readsDatesToTheMillisecond(String text, String instant) {
    assertEquals(Optional.of(Instant.parse(instant)), IsoDate.parse(text));
  }

  @Test
  void parse_refusesWhatNamesNoInstant() {
    for (String text :
        List.of(
            "",
            "yesterday",
            "2026",
            "2026-02-30",
            "2026-01-31T12:00:00",
            "2026-01-31 12:00:00Z",
            "31.1.2026",
            "1769817600",
            "0000-01-01",
            "-0001-01-01",
            "+999999999-12-31T23:59:59Z",
            " 2026-01-31",
            "2026-01-31T12:00:00Z".repeat(1_000))) {
      assertEquals(Optional.empty(), IsoDate.parse(text), text);
    }
  }
}
