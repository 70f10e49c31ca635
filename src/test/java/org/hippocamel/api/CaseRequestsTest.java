package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hippocamel.cases.CaseForm;
import org.hippocamel.cases.CaseSearch;
import org.hippocamel.cases.Feedback;
import org.hippocamel.cases.LogEntry;
import org.hippocamel.cases.Ranking;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Named;
import org.hippocamel.memory.Solved;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.TestRecall;
import org.junit.jupiter.api.Test;

class CaseRequestsTest {
  private static final Caller WRITER = Caller.of("acme", Role.WRITER);
  private static final Named NAMED = new Named("acme", "c");

  static CaseRequests requests() {
    return requests(Role.WRITER);
  }

  private static CaseRequests requests(Role positive) {
    return new CaseRequests(
        Limits.defaults(),
        Refusals.schema(),
        CaseLinesTest.lines(),
        TestRecall.SCORES,
        positive,
        "default");
  }

  @Test
  void case_isReadWithItsStepsToolsAndOutcome() {
    CaseForm form =
        requests()
            .create(
                body(
                    """
                    {'problem': 'p', 'solution': 's', 'agent_id': 'a', 'task_type': 'refund',
                     'tools': ['mail'], 'steps': ['look', {'text': 'pay', 'tool': 'bank'}],
                     'metadata': {'year': 2026},
                     'outcome': {'status': 'failure', 'note': 'why', 'run_id': 'r'}}"""),
                WRITER);
    assertEquals("acme", form.tenant());
    assertEquals(
        List.of(new Solved.Step("look", null, null), new Solved.Step("pay", "bank", null)),
        form.steps());
    assertEquals(List.of("bank", "mail"), form.tools(), "those of the steps too");
    assertEquals(Map.of("year", 2026L), form.metadata());
    LogEntry outcome = form.outcomes().get(0);
    assertEquals(false, outcome.success());
    assertEquals(0, outcome.reward());
    assertNull(outcome.id());
  }

  @Test
  void everyFault_ofACaseIsReported() {
    assertEquals(
        List.of(
            "/tenant: the tenant comes from the API key",
            "/outcome/status: status is required: success or failure",
            "/outcome/rewards: unknown field \"rewards\"; did you mean \"reward\"?",
            "/problem: problem is required",
            "/solution: solution must not be empty",
            "/steps/1/text: text is required",
            "/steps/1/tol: unknown field \"tol\"; did you mean \"tool\"?"),
        refused(
            () ->
                requests()
                    .create(
                        body(
                            """
                            {'tenant': 'x', 'solution': ' ', 'steps': ['a', {'tol': 'b'}],
                             'outcome': {'rewards': 1}}"""),
                        WRITER)));
  }

  @Test
  void search_hasTheShippedDefaults() {
    CaseSearch search = requests().search(body("{'problem': 'why?'}"), WRITER);
    assertEquals(
        new CaseSearch(
            "acme",
            "why?",
            3,
            0,
            Mode.HYBRID,
            TestRecall.SCORES,
            null,
            null,
            new CaseSearch.Conditions(null, null, null, null, null, null),
            null),
        search);
  }

  @Test
  void search_readsEveryCondition() {
    CaseSearch search =
        requests()
            .search(
                body(
                    """
                    {'problem': 'why?', 'k': 0, 'k_negative': 2, 'mode': 'vector',
                     'ranking': 'kernel', 'min_similarity': -1, 'min_reward': 0.5,
                     'max_age_days': 7, 'task_type': 't', 'tools': [], 'agent_id': 'a',
                     'filter': {'topic': 'x'}, 'run_id': 'r'}"""),
                WRITER);
    assertEquals(Ranking.KERNEL, search.ranking());
    assertEquals(-1, search.minSimilarity());
    assertEquals(
        new CaseSearch.Conditions(
            0.5, Duration.ofDays(7), "t", List.of(), "a", new Filter.Eq("metadata.topic", "x")),
        search.conditions());
    assertEquals("r", search.runId());
  }

  @Test
  void prompt_hasABudgetOrTheSettings() {
    assertNull(requests().prompt(body("{'problem': 'p'}"), WRITER).budget());
    assertEquals(
        9, requests().prompt(body("{'problem': 'p', 'token_budget': 9}"), WRITER).budget());
  }

  @Test
  void outcome_isAVerdictOnTheCaseOfThePath() {
    LogEntry entry =
        requests()
            .outcome(
                body("{'status': 'success', 'reward': 0.8, 'supersedes': 'e', 'id': 'n'}"),
                NAMED,
                WRITER)
            .entries()
            .get(0);
    assertEquals("acme:c", entry.caseKey());
    assertEquals("acme:n", entry.id());
    assertEquals("acme:e", entry.supersedes());
    assertEquals(0.8, entry.reward());
    assertEquals(1, entry.weight());
  }

  @Test
  void feedback_isRead() {
    assertEquals(
        new Feedback("acme", "r", 0.4, "e", "n", List.of("a", "b")),
        requests()
            .feedback(
                body(
                    """
                    {'run_id': 'r', 'reward': 0.4, 'evaluator': 'e', 'note': 'n',
                     'used': ['a', 'b']}"""),
                WRITER));
    assertEquals(
        List.of("/run_id: run_id is required", "/reward: reward is required"),
        refused(() -> requests().feedback(body("{}"), WRITER)));
  }

  @Test
  void praise_mayNeedALargerRole() {
    CaseRequests strict = requests(Role.ADMIN);
    byte[] success = body("{'status': 'success'}");
    Problem refused = assertThrows(Problem.class, () -> strict.outcome(success, NAMED, WRITER));
    assertEquals(ProblemKind.FORBIDDEN, refused.kind());
    assertEquals(
        "to say that something went well needs the role admin (cases.positive-role), the API key"
            + " has writer",
        refused.getMessage());
    byte[] well = body("{'run_id': 'r', 'reward': 0.5}");
    assertThrows(Problem.class, () -> strict.feedback(well, WRITER));
    byte[] made = body("{'problem': 'p', 'solution': 's', 'outcome': {'status': 'success'}}");
    assertThrows(Problem.class, () -> strict.create(made, WRITER));
    byte[] contrary = body("{'status': 'failure', 'reward': 0.5}");
    assertThrows(Problem.class, () -> strict.outcome(contrary, NAMED, WRITER));
    Problem merge =
        assertThrows(Problem.class, () -> strict.merge(body("{'into': 'x'}"), NAMED, WRITER));
    assertTrue(merge.getMessage().startsWith("to make two cases one needs the role admin"));
    assertFalse(strict.create(body("{'problem': 'p', 'solution': 's'}"), WRITER).trusted());
    assertTrue(requests().create(body("{'problem': 'p', 'solution': 's'}"), WRITER).trusted());
    strict.outcome(body("{'status': 'failure', 'reward': 0.4}"), NAMED, WRITER);
    strict.feedback(body("{'run_id': 'r', 'reward': 0.4}"), WRITER);
    strict.outcome(success, NAMED, Caller.of("acme", Role.ADMIN));
  }

  @Test
  void format_isThePathsWhateverTheQuerySays() {
    assertEquals("jsonl", requests().format(Map.of("format", List.of("memento", "jsonl"))));
    assertEquals("jsonl", requests().format(Map.of("format", "jsonl")));
    assertTrue(requests().format(Map.of()).isEmpty());
  }
}
