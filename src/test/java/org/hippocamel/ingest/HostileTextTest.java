package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts made to make a parser slow or deep: every one is split within seconds. */
class HostileTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          >~200000
          > ~100000
          - ~100000
          [~400000
          ![a](~100000
          *a ~200000
          **a_~150000
          `~400000
          <a ~200000
          |~400000
          # ~200000
          a. ~300000
          😀~200000
          """)
  void passages_areMadeInTime(String piece, int count) {
    for (String text : List.of(piece.repeat(count), "---\n" + (piece + "\n").repeat(count / 4))) {
      for (DocumentFormat format : List.of(DocumentFormat.MARKDOWN, DocumentFormat.TEXT)) {
        SourceRecord record = SourceRecord.document(null, text, format);
        Splitter splitter = new Splitter(300, 30, 510);
        assertTimeout(
            Duration.ofSeconds(20),
            () ->
                assertFalse(
                    splitter
                        .passages(record, FakeTokenizer.count(splitter.units(record)))
                        .isEmpty()),
            () -> piece + " as " + format);
      }
    }
  }
}
