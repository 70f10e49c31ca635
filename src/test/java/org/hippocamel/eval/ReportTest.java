package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Dataset SET =
      new Dataset(
          "tiny <set>",
          List.of(new Dataset.Document("d1", "", "one")),
          List.of(new Dataset.Query("q1", "one?"), new Dataset.Query("q2", "two?")),
          new Judgements(Map.of("q1", Map.of("d1", 1), "q2", Map.of("d1", 1))));

  private final Report report = report();

  private static Report report() {
    Ranking found = new Ranking(List.of("d1"));
    Ranking second = new Ranking(List.of("x", "d1"));
    Latency latency = Latency.of(new long[] {1_000_000, 3_000_000, 2_000_000});
    List<Run> runs =
        List.of(
            Run.of("vector", SET, List.of(found, second), latency),
            Run.of("hybrid", SET, List.of(found, found), latency));
    return Report.of(SET.name(), 1, "m-3", 100, 1.5, runs, List.of());
  }

  @Test
  void text_showsMeansIntervalsAndVerdicts() {
    String text = TextReport.of(report);
    assertTrue(text.startsWith("tiny <set>: 1 documents, 2 queries, space m-3, 100 results"), text);
    assertTrue(text.contains("vector (p50 2.0 ms, p99 3.0 ms)"), text);
    assertTrue(text.contains("  nDCG@10    0.8155  [0.6309, 1.0000]"), text);
    assertTrue(text.contains("too few queries to tell hybrid from vector"), text);
  }

  @Test
  void json_holdsEveryQuery_andIsReadAgain() throws Exception {
    String text = JsonReport.of(report);
    JsonNode json = new ObjectMapper().readTree(text);
    assertEquals(0.75, json.at("/runs/0/metrics/MRR@10/mean").asDouble());
    assertEquals(3, json.at("/runs/0/latency_ms/p99").asDouble());
    assertEquals("hybrid", json.at("/comparisons/0/second").asText());
    List<Run> again = JsonReport.runs(text);
    assertEquals(List.of("q1", "q2"), again.get(0).queries());
    assertArrayEquals(
        report.runs().get(0).run().values().get(Metric.NDCG_10),
        again.get(0).values().get(Metric.NDCG_10));
    assertThrows(IllegalArgumentException.class, () -> JsonReport.runs("{\"runs\": [{}]}"));
  }

  @Test
  void html_standsAlone() {
    String page = HtmlReport.of(report);
    assertTrue(page.contains("<title>tiny &lt;set&gt;</title>"), page);
    assertTrue(page.contains("width:75.00%"), page);
    assertFalse(page.contains("http"), "loads nothing");
    assertFalse(page.contains("<script"), "runs nothing");
  }

  @Test
  void variant_readsModeStagesAndFields() {
    Variant variant = Variant.of("hybrid+rerank:lexical_weight=0.2:fusion=rrf");
    assertEquals(
        "{\"mode\":\"hybrid\",\"rerank\":true,\"lexical_weight\":0.2,\"fusion\":\"rrf\"}",
        variant.fields().toString());
    assertEquals(
        List.of("vector", "lexical"),
        Variant.list("vector, lexical").stream().map(Variant::name).toList());
    assertThrows(IllegalArgumentException.class, () -> Variant.of("hybrid:weight"));
  }
}
