package org.hippocamel.ingest;

import static org.hippocamel.ingest.DocumentFormat.JSON;
import static org.hippocamel.ingest.TestSources.bytes;
import static org.hippocamel.ingest.TestSources.read;
import static org.hippocamel.ingest.TestSources.reason;
import static org.hippocamel.ingest.TestSources.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void read_takesOneObject() {
    RecordGroup group = read(JSON, "{\n \"id\": \"a\",\n \"text\": \"hello\"\n}\n");
    assertEquals(List.of("hello"), texts(group));
    assertEquals(List.of(), group.rejected());
  }

  @Test
  void read_takesAnArrayWithByteOrderMark() {
    RecordGroup group =
        read(
            JSON,
            bytes(0xEF, 0xBB, 0xBF, "[{\"text\":\"a\"},\n{\"text\":\"b\"},\n\n{\"text\":\"c\"}]"));
    assertEquals(List.of("a", "b", "c"), texts(group));
    assertEquals(List.of(1, 2, 4), group.records().stream().map(SourceRecord::line).toList());
    assertEquals(List.of(0L, 1L, 2L), group.records().stream().map(SourceRecord::record).toList());
  }

  @Test
  void read_goesOnAfterABadElement() {
    RecordGroup group =
        read(
            JSON,
            "[{\"text\":\"a\"}, {\"embedding\":[1,2],\"text\":\"b\"}, [[{}]], 5, {\"text\":\"c\"}]");
    assertEquals(List.of("a", "c"), texts(group));
    assertEquals(List.of(1L, 2L, 3L), group.rejected().stream().map(Rejected::record).toList());
  }

  @Test
  void read_saysThatTheRestIsLostAfterASyntaxError() {
    RecordGroup group = read(JSON, "[{\"text\":\"a\"},\n{\"text\": oops},\n{\"text\":\"c\"}]");
    assertEquals(List.of("a"), texts(group));
    assertTrue(reason(group).startsWith("line 2: not valid JSON"), reason(group));
    assertTrue(reason(group).endsWith("the rest of the file is not read"), reason(group));
  }

  @Test
  void read_refusesTextThatIsCutOff() {
    RecordGroup group = read(JSON, "[{\"text\":\"a\"},{\"text\":\"b\"}");
    assertEquals(List.of("a", "b"), texts(group));
    assertEquals(1, group.rejected().size());
  }

  @Test
  void read_pointsToJsonlForSeveralObjects() {
    RecordGroup group = read(JSON, "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    assertEquals(
        "line 2: a second JSON value; name the file .jsonl or use an array", reason(group));
  }

  @Test
  void read_refusesBytesThatAreNotUtf8() {
    RecordGroup group = read(JSON, bytes("[{\"text\":\"a\"},{\"text\":\"", 0xFF, "\"}]"));
    assertEquals(List.of("a"), texts(group));
    assertTrue(reason(group).contains("UTF-8"), reason(group));
  }
}
