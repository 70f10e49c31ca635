package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IngestReportTest {
  private final IngestReport report = new IngestReport();

  private JsonNode errorFile() throws IOException {
    return new ObjectMapper().readTree(report.errorFile("a.jsonl"));
  }

  @Test
  void errorFile_namesLineAndReason() throws IOException {
    report.add(3, 4, 5);
    report.addRejected(List.of(new Rejected(16, 17, "\"text\" is missing")));
    report.addFailure(null, 20L, "the embedder refused it");
    JsonNode file = errorFile();
    assertEquals("a.jsonl", file.get("file").asText());
    assertEquals(2, file.get("failed").asLong());
    assertEquals(12, file.get("stored").asLong());
    assertEquals(17, file.at("/errors/0/line").asInt());
    assertEquals("\"text\" is missing", file.at("/errors/0/reason").asText());
    assertFalse(file.at("/errors/1").has("line"));
    assertEquals(20, file.at("/errors/1/record").asInt());
    assertTrue(file.get("hint").asText().contains("drop it into the inbox again"));
  }

  @Test
  void errorFile_namesTheFirstHundredAndCountsAll() throws IOException {
    IntStream.range(0, 250).forEach(i -> report.addFailure(i + 1, (long) i, "bad"));
    assertEquals(100, errorFile().get("errors").size());
    assertEquals(250, errorFile().get("failed").asLong());
    assertTrue(errorFile().get("hint").asText().startsWith("Only the first 100 errors are named."));
  }

  @Test
  void failed_isFalseUntilSomethingFails() {
    report.add(1, 0, 0);
    assertFalse(report.failed());
    report.addFailure(null, null, "the header line is refused");
    assertTrue(report.failed());
  }

  @Test
  void add_countsFromManyThreads() {
    IntStream.range(0, 1000)
        .parallel()
        .forEach(
            i -> {
              report.add(1, 2, 3);
              report.addFailure(i, null, "x");
            });
    assertEquals(1000, report.stored());
    assertEquals(2000, report.unchanged());
    assertEquals(3000, report.updated());
    assertEquals(6000, report.passages());
    assertEquals(1000, report.failures());
  }
}
