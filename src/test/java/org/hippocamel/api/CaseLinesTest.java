package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hippocamel.cases.CaseLine;
import org.hippocamel.cases.CaseSource;
import org.hippocamel.cases.LogEntry;
import org.hippocamel.cases.NewCase;
import org.hippocamel.cases.Part;
import org.hippocamel.cases.Promoting;
import org.hippocamel.cases.Scrubber;
import org.hippocamel.config.CaseSettings;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Solved;
import org.junit.jupiter.api.Test;

class CaseLinesTest {
  static CaseLines lines() {
    CaseSettings.Guard guard = new CaseSettings.Guard("writer", 8, 4, 0.25, true, Optional.empty());
    return new CaseLines(Limits.defaults(), Refusals.schema(), new Promoting(Scrubber.of(guard)));
  }

  @Test
  void line_ofAnExportKeepsItsHistory() {
    NewCase made =
        good(
            """
            {'problem': 'p', 'solution': 's', 'outcomes': [
             {'id': 'v', 'part': 'verdict', 'status': 'success', 'reward': 0.9, 'at': '2026-01-01'},
             {'id': 'k', 'part': 'credit', 'reward': 0, 'weight': 0.5, 'run_id': 'r'},
             {'id': 'k2', 'part': 'credit', 'reward': 1, 'weight': 0.5, 'supersedes': 'k'}]}""");
    assertEquals(3, made.outcomes().size());
    LogEntry verdict = made.outcomes().get(0);
    assertEquals("acme:v", verdict.id());
    assertEquals(made.key(), verdict.caseKey());
    assertEquals(Instant.parse("2026-01-01T00:00:00Z"), verdict.at());
    assertEquals(Part.CREDIT, made.outcomes().get(1).part());
    assertNull(made.outcomes().get(1).success());
    assertEquals("acme:k", made.outcomes().get(2).supersedes());
  }

  @Test
  void outcome_withoutAnIdGetsOneThatTheSameLineRepeats() {
    String line = "{'problem': 'p', 'solution': 's', 'outcome': {'status': 'success'}}";
    String id = good(line).outcomes().get(0).id();
    assertEquals(id, good(line).outcomes().get(0).id());
    assertNotEquals(id, good(line.replace("success", "failure")).outcomes().get(0).id());
  }

  @Test
  void mementosPlan_becomesTheSteps_whereItIsAListOfTasks() {
    String tasks = "[{\\'id\\': 1, \\'description\\': \\'look\\'}, {\\'description\\': \\'say\\'}]";
    for (String plan :
        List.of(
            "'" + tasks + "'",
            "'{\\'plan\\': " + tasks + "}'",
            "{'plan': " + tasks.replace("\\'", "'") + "}")) {
      NewCase made = good("{'question': 'q', 'plan': " + plan + ", 'reward': 1}");
      assertEquals(
          List.of("look", "say"),
          made.draft().solved().steps().stream().map(Solved.Step::text).toList(),
          plan);
      assertTrue(made.draft().solved().solution().contains("description"), "kept as it is");
    }
    assertEquals(
        List.of(),
        good("{'question': 'q', 'plan': 'just do it', 'reward': 1}").draft().solved().steps());
  }

  @Test
  void mementosReward_isAnOutcome() {
    LogEntry won = good("{'question': 'q', 'plan': 'p', 'reward': true}").outcomes().get(0);
    assertEquals(true, won.success());
    assertEquals("memento", won.evaluator());
    LogEntry partly = good("{'question': 'q', 'plan': 'p', 'reward': 0.25}").outcomes().get(0);
    assertEquals(false, partly.success());
    assertEquals(0.25, partly.reward());
    LogEntry label = good("{'case': 'q', 'plan': 'p', 'case_label': 'positive'}").outcomes().get(0);
    assertEquals(1, label.reward());
  }

  @Test
  void badLine_costsNobodyElse() throws IOException {
    List<CaseLine> all =
        read(
            "{'problem': 'p', 'solution': 's'}\n\n  \nnot json\n"
                + "{'problem': 'p'}\n"
                + "{'question': 'q', 'plan': 'p', 'reward': 2}\n"
                + "{'case': 'q', 'plan': 'p', 'case_label': 'neutral'}\n"
                + "{'question': 'q', 'plan': 'p', 'reward': 1, 'score': 3}\n"
                + "{'problem': 'q', 'solution': 's'}");
    assertEquals(List.of(1, 4, 5, 6, 7, 8, 9), all.stream().map(CaseLine::number).toList());
    assertNull(all.get(0).fault());
    assertTrue(all.get(1).fault().startsWith("the body is not JSON"), all.get(1).fault());
    assertEquals("solution is required", all.get(2).fault());
    assertEquals("reward must be a number from 0 to 1", all.get(3).fault());
    assertTrue(all.get(4).fault().contains("is not one of positive, negative"));
    assertEquals("unknown field \"score\"", all.get(5).fault());
    assertNull(all.get(6).fault());
  }

  @Test
  void lines_comeInGroups() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append("{'problem': 'p").append(i).append("', 'solution': 's'}\n");
    }
    try (CaseSource source = open(text.toString())) {
      assertEquals(128, source.next().size());
      assertEquals(128, source.next().size());
      assertEquals(44, source.next().size());
      assertFalse(source.hasNext());
    }
  }

  private static NewCase good(String line) {
    try {
      CaseLine read = read(line.replace("\n", " ")).get(0);
      assertNull(read.fault());
      return read.made();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<CaseLine> read(String text) throws IOException {
    List<CaseLine> all = new ArrayList<>();
    try (CaseSource source = open(text)) {
      source.forEachRemaining(all::addAll);
    }
    return all;
  }

  /** JSON with single quotes; those inside of texts are escaped. */
  private static CaseSource open(String text) {
    return lines()
        .open(
            new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
            "acme");
  }
}
