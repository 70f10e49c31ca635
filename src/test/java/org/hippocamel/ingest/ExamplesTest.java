package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Draft;
import org.junit.jupiter.api.Test;

/** The files the README drops into the inbox. */
class ExamplesTest {

  private static List<Draft> drafts(String file) throws IOException {
    Passages passages = new Passages(new Splitter(300, 30, 510));
    Origin origin = Origin.of("default", file, "v", null, Map.of());
    List<Draft> drafts = new ArrayList<>();
    try (RecordReader reader = RecordReader.open(Path.of("examples", file), Limits.defaults())) {
      while (reader.hasNext()) {
        RecordGroup group = reader.next();
        assertEquals(List.of(), group.rejected());
        List<String> units = passages.units(group);
        drafts.addAll(passages.drafts(origin, group, units, FakeTokenizer.count(units)));
      }
    }
    return drafts;
  }

  @Test
  void questions_haveExactlyOnePassageEach() throws IOException {
    JsonNode questions =
        new ObjectMapper().readTree(getClass().getResource("/examples-questions.json"));
    assertEquals(6, questions.size());
    for (JsonNode question : questions) {
      String contains = question.get("contains").asText();
      long hits =
          drafts(question.get("file").asText()).stream()
              .filter(draft -> draft.text().contains(contains))
              .count();
      assertEquals(1, hits, contains);
    }
  }

  @Test
  void runbook_isSplitAlongItsSections() throws IOException {
    List<Draft> drafts = drafts("order-service-runbook.md");
    List<String> headings = drafts.stream().map(d -> d.source().heading()).toList();
    assertTrue(
        headings.contains("Order service runbook > Errors > ERR_042 payment timeout"),
        headings.toString());
    assertTrue(headings.contains("Order service runbook > Rollback"), headings.toString());
    assertTrue(drafts.stream().allMatch(d -> FakeTokenizer.count(d.embedded()).count() <= 300));
  }

  @Test
  void notesAndAnswers_areOnePassageEach() throws IOException {
    assertEquals(12, drafts("agent-notes.jsonl").size());
    assertEquals(8, drafts("faq.csv").size());
    assertTrue(drafts("faq.csv").get(0).embedded().startsWith("How long does delivery take?\n"));
  }
}
