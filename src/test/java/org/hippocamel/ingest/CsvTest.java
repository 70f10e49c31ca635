package org.hippocamel.ingest;

import static org.hippocamel.ingest.DocumentFormat.CSV;
import static org.hippocamel.ingest.TestSources.bytes;
import static org.hippocamel.ingest.TestSources.read;
import static org.hippocamel.ingest.TestSources.reason;
import static org.hippocamel.ingest.TestSources.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hippocamel.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @Test
  void read_takesKnownColumnsAndKeepsTheOthersAsMetadata() {
    SourceRecord record =
        read(CSV, "id,text,occurred_at,year,empty\n7,hello,2026-01-31,2020,\n").records().get(0);
    assertEquals("7", record.id());
    assertEquals("hello", record.text());
    assertEquals(Instant.parse("2026-01-31T00:00:00Z"), record.occurredAt());
    assertEquals(Map.of("year", "2020"), record.metadata());
  }

  @Test
  void read_takesQuotesCommasAndNewlinesInQuotes() {
    RecordGroup group =
        read(
            CSV,
            "text,topic\r\n\"one, \"\"two\"\"\r\n\r\nthree\",a\r\nplain 5\" pipe,b\r\n\"\",c\r\nlast,d");
    assertEquals(List.of("one, \"two\"\n\nthree", "plain 5\" pipe", "last"), texts(group));
    assertEquals(List.of(2, 5, 7), group.records().stream().map(SourceRecord::line).toList());
    assertEquals("line 6: \"text\" is missing", reason(group));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void read_findsTheSeparatorByTheHeader(String separator) {
    RecordGroup group = read(CSV, "content" + separator + "lang\nhello" + separator + "en\n");
    assertEquals(Map.of("lang", "en"), group.records().get(0).metadata());
  }

  @Test
  void read_toleratesByteOrderMark() {
    assertEquals(List.of("a"), texts(read(CSV, bytes(0xEF, 0xBB, 0xBF, "text\r\na\r\n"))));
  }

  @Test
  void read_refusesRowsOfAnotherWidth() {
    RecordGroup group = read(CSV, "text,topic\na,b\nc\nd,e,f\ng,h\n");
    assertEquals(List.of("a", "g"), texts(group));
    assertEquals("line 3: the row has 1 columns, the header has 2", reason(group));
    assertEquals(4, group.rejected().get(1).line());
  }

  @Test
  void read_namesTheLineThatIsNotUtf8() {
    RecordGroup group = read(CSV, bytes("text\na\nb", 0xC3, "(\nc\n"));
    assertEquals(List.of("a", "c"), texts(group));
    assertEquals("line 3: byte 8 of the file is not UTF-8; save the file as UTF-8", reason(group));
  }

  @Test
  void read_refusesAQuoteThatIsNeverClosed() {
    RecordGroup group = read(CSV, "text\na\n\"b\nc\n");
    assertEquals(List.of("a"), texts(group));
    assertEquals("line 3: a quote is opened and never closed", reason(group));
  }

  @Test
  void read_refusesAHeaderWithoutText() {
    Problem problem = assertThrows(Problem.class, () -> read(CSV, "question,answer\na,b\n"));
    assertEquals(
        "the header line has no column \"text\"; it has question, answer", problem.getMessage());
  }

  @Test
  void read_refusesAHeaderWithTenant() {
    Problem problem = assertThrows(Problem.class, () -> read(CSV, "text,tenant\na,b\n"));
    assertTrue(problem.getMessage().contains("the tenant comes from the API key"));
  }

  @Test
  void read_refusesAColumnGivenTwice() {
    Problem problem = assertThrows(Problem.class, () -> read(CSV, "text,a,a\nx,1,2\n"));
    assertEquals("the header line is refused: column \"a\" is given twice", problem.getMessage());
  }
}
