package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forty random rankings full of ties, with grades from 0 to 3, and what trec_eval makes of them
 * (pytrec_eval-terrier 0.5.11, which is trec_eval's own code; {@code recip_rank} over the first ten
 * documents of its order).
 */
class TrecEvalTest {
  private static final Path CASES = Path.of("src/test/resources/trec_eval/rankings.jsonl");

  static Stream<JsonNode> cases() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(CASES)) {
      cases.add(new ObjectMapper().readTree(line));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void value_isTrecEvals(JsonNode row) {
    Map<String, Integer> grades = new LinkedHashMap<>();
    row.get("grades")
        .properties()
        .forEach(grade -> grades.put(grade.getKey(), grade.getValue().asInt()));
    List<Ranking.Scored> found = new ArrayList<>();
    row.get("scores")
        .properties()
        .forEach(one -> found.add(new Ranking.Scored(one.getKey(), one.getValue().asDouble())));
    Ranking ranking = Ranking.of(found);
    for (Metric metric : Metric.all()) {
      double expected = row.get("values").get(metric.word()).asDouble();
      assertEquals(expected, metric.value(ranking, grades), 1e-9, metric.word());
    }
  }
}
