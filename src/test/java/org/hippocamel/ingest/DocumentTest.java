package org.hippocamel.ingest;

import static org.hippocamel.ingest.TestSources.bytes;
import static org.hippocamel.ingest.TestSources.read;
import static org.hippocamel.ingest.TestSources.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {

  @ParameterizedTest
  @CsvSource({
    "a.md,MARKDOWN",
    "dir.x/A.MARKDOWN,MARKDOWN",
    "a.b.txt,TEXT",
    "a.text,TEXT",
    "a.jsonl,JSONL",
    "a.ndjson,JSONL",
    "a.json,JSON",
    "a.csv,CSV"
  })
  void ofName_knowsTheExtension(String name, DocumentFormat format) {
    assertEquals(format, DocumentFormat.ofName(name));
  }

  @Test
  void ofName_refusesOthersWithTheList() {
    Problem problem = assertThrows(Problem.class, () -> DocumentFormat.ofName("report.pdf"));
    assertEquals(ProblemKind.INVALID, problem.kind());
    assertEquals(
        "extension \".pdf\" is not known; use one of .md, .markdown, .txt, .text, .jsonl, .ndjson,"
            + " .json, .csv",
        problem.getMessage());
    assertTrue(
        assertThrows(Problem.class, () -> DocumentFormat.ofName("README"))
            .getMessage()
            .startsWith("the file name has no extension"));
  }

  @Test
  void read_isOneRecordWithoutMarkAndCarriageReturns() {
    RecordGroup group = read(DocumentFormat.TEXT, bytes(0xEF, 0xBB, 0xBF, "one\r\ntwo\r\n"));
    assertEquals(List.of("one\ntwo\n"), texts(group));
  }

  @Test
  void read_namesTheByteThatIsNotUtf8() {
    Problem problem =
        assertThrows(
            Problem.class, () -> read(DocumentFormat.MARKDOWN, bytes("# T\n\nab", 0xE9, "c")));
    assertEquals("byte 7 of the file is not UTF-8; save the file as UTF-8", problem.getMessage());
  }

  @Test
  void read_refusesUtf16() {
    byte[] utf16 = "hello".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    Problem problem = assertThrows(Problem.class, () -> read(DocumentFormat.TEXT, utf16));
    assertTrue(problem.getMessage().contains("UTF-16"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\n"})
  void read_refusesAnEmptyDocument(String content) {
    assertThrows(Problem.class, () -> read(DocumentFormat.TEXT, content));
  }

  @Test
  void read_refusesADocumentAboveTheLimit() {
    Limits limits = new Limits(10, 100, 10, 10, 0, 8, 50, 20, 50, 10, 4, 8);
    for (int length : new int[] {101, 100_000}) {
      Problem problem =
          assertThrows(
              Problem.class,
              () -> read(DocumentFormat.TEXT, "x".repeat(length).getBytes(), limits));
      assertEquals(ProblemKind.TOO_LARGE, problem.kind());
      assertTrue(problem.getMessage().contains("limits.max-document-chars"));
    }
  }
}
