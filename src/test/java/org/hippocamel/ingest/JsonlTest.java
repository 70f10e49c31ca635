package org.hippocamel.ingest;

import static org.hippocamel.ingest.DocumentFormat.JSONL;
import static org.hippocamel.ingest.TestSources.bytes;
import static org.hippocamel.ingest.TestSources.read;
import static org.hippocamel.ingest.TestSources.reason;
import static org.hippocamel.ingest.TestSources.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hippocamel.config.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonlTest {

  @Test
  void read_namesAnIdThatStandsInTheSourceAlready() {
    RecordGroup group =
        read(
            JSONL,
            """
            {"id":"a","text":"first"}
            {"id":"b","text":"other"}
            {"id":"a","text":"second"}
            """);
    assertEquals(List.of("a", "b"), group.records().stream().map(SourceRecord::id).toList());
    assertEquals(
        List.of(new Rejected(2, 3, "id \"a\" stands in this source already")), group.rejected());
  }

  @Test
  void read_takesEveryField() {
    RecordGroup group =
        read(
            JSONL,
            """
            {"id":"a","title":"T","text":"hello","agent_id":"bot","session_id":"s1","source":"wiki",\
            "occurred_at":"2026-01-31T12:00:00+02:00","metadata":{"s":"x","n":7,"d":1.5,"b":true,\
            "none":null,"tags":["p","q"]}}
            """);
    SourceRecord record = group.records().get(0);
    assertEquals("a", record.id());
    assertEquals("T", record.title());
    assertEquals("hello", record.text());
    assertEquals("bot", record.agentId());
    assertEquals("s1", record.sessionId());
    assertEquals(Instant.parse("2026-01-31T10:00:00Z"), record.occurredAt());
    assertEquals(
        Map.of("s", "x", "n", 7L, "d", 1.5, "b", true, "tags", List.of("p", "q"), "source", "wiki"),
        record.metadata());
    assertEquals(JSONL, record.format());
    assertEquals(1, record.line());
    assertEquals(0, record.record());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "content", "page_content", "pageContent"})
  void read_takesTextUnderTheNamesOfOtherTools(String name) {
    assertEquals(List.of("hello"), texts(read(JSONL, "{\"" + name + "\":\"hello\"}")));
  }

  @Test
  void read_takesIdOfBeirAndNumbersAsId() {
    RecordGroup group =
        read(JSONL, "{\"_id\":\"MED-1\",\"text\":\"a\"}\n{\"id\":42,\"text\":\"b\"}");
    assertEquals(List.of("MED-1", "42"), group.records().stream().map(SourceRecord::id).toList());
  }

  @Test
  void read_keepsSourceOfMetadataWhenBothAreGiven() {
    RecordGroup group =
        read(JSONL, "{\"text\":\"a\",\"source\":\"outer\",\"metadata\":{\"source\":\"inner\"}}");
    assertEquals(Map.of("source", "inner"), group.records().get(0).metadata());
  }

  @Test
  void read_goesOnAfterABadLine() {
    RecordGroup group =
        read(JSONL, "{\"text\":\"one\"}\n{\"text\": oops}\n\n{\"text\":\"three\"}\n{\"text\":");
    assertEquals(List.of("one", "three"), texts(group));
    assertEquals(List.of(2, 5), group.rejected().stream().map(Rejected::line).toList());
    assertTrue(reason(group).startsWith("line 2: not valid JSON at column "), reason(group));
  }

  @Test
  void read_countsRejectedRecordsButNotBlankLines() {
    RecordGroup group = read(JSONL, "\n{\"text\":\"one\"}\n  \nbad\n{\"text\":\"two\"}\n");
    assertEquals(List.of(0L, 2L), group.records().stream().map(SourceRecord::record).toList());
    assertEquals(List.of(2, 5), group.records().stream().map(SourceRecord::line).toList());
    assertEquals(1, group.rejected().get(0).record());
  }

  @Test
  void read_toleratesByteOrderMarkAndCarriageReturns() {
    RecordGroup group =
        read(JSONL, bytes(0xEF, 0xBB, 0xBF, "{\"text\":\"one\"}\r\n\r\n{\"text\":\"two\"}\r\n"));
    assertEquals(List.of("one", "two"), texts(group));
    assertEquals(3, group.records().get(1).line());
  }

  @Test
  void read_namesLineAndByteThatIsNotUtf8() {
    RecordGroup group =
        read(JSONL, bytes("{\"text\":\"one\"}\n{\"text\":\"tw", 0xFF, "o\"}\n{\"text\":\"drei\"}"));
    assertEquals(List.of("one", "drei"), texts(group));
    assertEquals("line 2: byte 26 of the file is not UTF-8; save the file as UTF-8", reason(group));
  }

  @Test
  void read_refusesAHugeLineWithoutHoldingIt() throws IOException {
    Limits limits = new Limits(100, 1000, 10, 10, 0, 8, 50, 20, 50, 10, 4, 8);
    long huge = 300_000_000;
    InputStream in =
        new InputStream() {
          private final byte[] after = "\n{\"text\":\"small\"}".getBytes(StandardCharsets.UTF_8);
          private long at;

          @Override
          public int read() {
            at++;
            return at <= huge ? 'x' : at - huge <= after.length ? after[(int) (at - huge - 1)] : -1;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            if (at + length < huge) {
              java.util.Arrays.fill(into, offset, offset + length, (byte) 'x');
              at += length;
              return length;
            }
            int c = read();
            into[offset] = (byte) c;
            return c < 0 ? -1 : 1;
          }
        };
    try (RecordReader reader = RecordReader.open(in, JSONL, limits, 10)) {
      RecordGroup group = reader.next();
      assertEquals(List.of("small"), texts(group));
      assertTrue(
          reason(group).startsWith("line 1: the line has 300000000 bytes, the limit is 66336"));
    }
  }

  @Test
  void read_streamsWithBoundedLookAhead() throws IOException {
    int lines = 100_000;
    byte[] line = ("{\"text\":\"" + "x".repeat(200) + "\"}\n").getBytes(StandardCharsets.UTF_8);
    long[] readAhead = {0};
    InputStream in =
        new InputStream() {
          @Override
          public int read() {
            return readAhead[0] == (long) lines * line.length
                ? -1
                : line[(int) (readAhead[0]++ % line.length)];
          }
        };
    try (RecordReader reader = RecordReader.open(in, JSONL, Limits.defaults(), 32)) {
      assertEquals(32, reader.next().records().size());
      assertTrue(readAhead[0] < 32L * line.length + 16 * 1024 + 1, "read " + readAhead[0]);
      long groups = 1;
      for (; reader.hasNext(); groups++) {
        long before = readAhead[0];
        assertFalse(reader.next().records().isEmpty());
        assertTrue(readAhead[0] - before <= 32L * line.length + 16 * 1024);
      }
      assertEquals(lines / 32, groups);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\":\"a\",\"tenant\":\"x\"} | \"tenant\" is refused: the tenant comes from the API key",
        "{\"text\":\"a\",\"embedding\":[1,2]} | \"embedding\" is refused: vectors come from the embedder",
        "{\"text\":\"a\",\"op\":\"delete\"} | \"op\" is refused",
        "{\"text\":\"a\",\"colour\":{\"x\":[1]}} | field \"colour\" is not known",
        "{\"text\":\"a\",\"metadata\":{\"x\":{\"y\":1}}} | metadata field \"x\" must be flat",
        "{\"text\":\"a\",\"metadata\":{\"x\":[1,[2]]}} | metadata field \"x\" must be flat",
        "{\"text\":\"a\",\"metadata\":{\"x\":[1,\"a\"]}} | metadata field \"x\" mixes types",
        "{\"text\":\"a\",\"metadata\":{\"x\":[]}} | metadata field \"x\" is an empty list",
        "{\"text\":\"a\",\"metadata\":{\"x.y\":1}} | metadata field \"x.y\" has a bad name",
        "{\"text\":\"a\",\"metadata\":{\"x\":123456789012345678901}} | beyond 64 bits",
        "{\"text\":\"a\",\"metadata\":{\"x\":1e999}} | beyond 64 bits",
        "{\"text\":\"a\",\"metadata\":[1]} | \"metadata\" must be an object, this is an array",
        "{\"text\":\"a\",\"content\":\"b\"} | \"text\" is given twice (the second time as \"content\")",
        "{\"text\":\"  \"} | \"text\" is blank",
        "{\"id\":\"a\"} | \"text\" is missing",
        "{\"text\":5} | \"text\" must be a string, this is a number",
        "{\"text\":\"\\ud800\"} | not Unicode",
        "{\"text\":\"a\",\"occurred_at\":\"yesterday\"} | \"occurred_at\" is \"yesterday\"; write",
        "[1] | a record must be a JSON object, this is an array",
        "{\"text\":\"a\"} {\"text\":\"b\"} | text after the end of the object",
      })
  void read_refusesByName(String line, String reason) {
    RecordGroup group = read(JSONL, "{\"text\":\"before\"}\n" + line + "\n{\"text\":\"after\"}");
    assertEquals(List.of("before", "after"), texts(group));
    assertTrue(
        reason(group).startsWith("line 2: ") && reason(group).contains(reason), reason(group));
  }

  @Test
  void read_refusesAboveLimitsByKey() {
    Limits limits = new Limits(10, 100, 10, 10, 0, 2, 5, 4, 50, 10, 4, 8);
    RecordGroup group =
        read(
            JSONL,
            bytes(
                "{\"text\":\"" + "x".repeat(11) + "\"}\n",
                "{\"text\":\"a\",\"id\":\"12345\"}\n",
                "{\"text\":\"a\",\"metadata\":{\"x\":\"123456\"}}\n",
                "{\"text\":\"a\",\"metadata\":{\"x\":1,\"y\":2,\"z\":3}}\n"),
            limits);
    List<String> keys =
        List.of("max-text-chars", "max-id-chars", "max-metadata-chars", "max-metadata-fields");
    for (int i = 0; i < keys.size(); i++) {
      String reason = group.rejected().get(i).reason();
      assertTrue(reason.contains("(limits." + keys.get(i) + ")"), reason);
    }
  }

  @Test
  void read_takesNullsAsAbsent() {
    SourceRecord record =
        read(JSONL, "{\"text\":\"a\",\"id\":null,\"metadata\":null,\"title\":null}")
            .records()
            .get(0);
    assertNull(record.id());
    assertNull(record.title());
    assertTrue(record.metadata().isEmpty());
  }

  @Test
  void read_ofAnEmptyFileHasNoGroup() throws IOException {
    try (RecordReader reader =
        RecordReader.open(InputStream.nullInputStream(), JSONL, Limits.defaults(), 3)) {
      assertFalse(reader.hasNext());
    }
  }
}
