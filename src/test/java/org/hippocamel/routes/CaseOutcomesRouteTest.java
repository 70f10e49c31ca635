package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.cases.CaseKeys;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is derived of a case equals its log: under many writers, and after a death in between. */
class CaseOutcomesRouteTest {
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    // Without decay sums are whole numbers, so that nothing hides behind rounding.
    stubbed =
        StubbedBundle.open(
            RunningBundle.newFolder(),
            Map.of("cases.half-life-days", "0", "cases.settle-millis", "3600000"));
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @Test
  void outcomes_ofManyClientsAreAllInTheLogAndInTheValue() throws Exception {
    List<String> ids = List.of("busy-1", "busy-2");
    ids.forEach(CaseOutcomesRouteTest::store);
    int clients = 32;
    int each = 8;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Future<Integer>> pending = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      int number = client;
      pending.add(threads.submit(() -> tell(ids, number, each)));
    }
    int wins = 0;
    for (Future<Integer> one : pending) {
      wins += one.get();
    }
    threads.shutdown();
    double rows = 0;
    double won = 0;
    for (String id : ids) {
      Document stats = stats(id);
      List<Document> log = log(id);
      assertEquals(log.size(), stats.get("rows", Number.class).intValue(), id);
      assertEquals(
          log.stream().mapToDouble(entry -> entry.getDouble("reward")).sum(),
          stats.getDouble("wins"),
          1e-9,
          id);
      rows += log.size();
      won += stats.getDouble("wins");
    }
    assertEquals(clients * each, rows);
    assertEquals(wins, won, 1e-9);
  }

  private static int tell(List<String> ids, int client, int times) {
    int wins = 0;
    for (int i = 0; i < times; i++) {
      boolean success = (client + i) % 3 != 0;
      wins += success ? 1 : 0;
      Answer answer = outcome(ids.get((client + i) % ids.size()), success);
      assertEquals(201, answer.status(), answer.response().body());
    }
    return wins;
  }

  @Test
  void oneOutcome_sentByManyAtOnceIsThereOnce() throws Exception {
    store("once");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<Answer>> pending = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      pending.add(
          threads.submit(
              () ->
                  bundle.postJson(
                      "/v1/cases/once/outcomes",
                      Map.of("status", "success", "run_id", "r", "evaluator", "e"))));
    }
    Set<Integer> statuses = new HashSet<>();
    for (Future<Answer> one : pending) {
      statuses.add(one.get().status());
    }
    threads.shutdown();
    assertTrue(Set.of(200, 201, 409).containsAll(statuses), statuses.toString());
    assertEquals(1, log("once").size());
    assertEquals(1, stats("once").get("rows", Number.class).intValue());
  }

  @Test
  void case_thatIsBehindItsLogIsShownAsTheLogHasIt_andSettled() {
    store("behind");
    outcome("behind", true);
    orphan("orphan-1");
    assertEquals(1, stats("behind").getDouble("uses"));
    assertEquals(0.5, value("behind"), 1e-9, "GET reads the log");
    orphan("orphan-2");
    bundle.bundle().camel().createProducerTemplate().sendBody("direct:case-settle", null);
    assertEquals(3, stats("behind").getDouble("uses"));
    assertEquals(1, bundle.collection("case_marks").countDocuments(eq("_id", "settled")));
  }

  /** As if the process had died after it had written the entry. */
  private static void orphan(String id) {
    bundle
        .collection("case_log")
        .insertOne(
            new Document(log("behind").get(0))
                .append("_id", "default:" + id)
                .append("success", false)
                .append("reward", 0.0)
                .append("logged_at", new Date()));
  }

  @Test
  void state_thatKnowsMoreIsNotOverwrittenByOneThatKnowsLess() {
    store("ahead");
    outcome("ahead", true);
    bundle
        .collection("memories")
        .updateOne(
            eq("_id", "default:ahead"),
            Updates.combine(
                Updates.set("case.stats.rows", 9), Updates.set("case.stats.uses", 9.0)));
    bundle
        .bundle()
        .camel()
        .createProducerTemplate()
        .sendBody("direct:case-outcomes-derive", new CaseKeys(Set.of("default:ahead")));
    assertEquals(9, stats("ahead").getDouble("uses"));
  }

  @Test
  void outcome_isRefusedFieldByField() {
    store("strict");
    Answer answer =
        bundle.post(
            "/v1/cases/strict/outcomes",
            "{\"status\": \"good\", \"reward\": 2, \"at\": \"2020-01-01\"}");
    Refusal.field("/status", "success, failure", answer);
    Refusal.field("/reward", "not in 0.0 to 1.0", answer);
    Refusal.field("/at", "unknown field", answer);
    Refusal.field(
        "/status", "required", bundle.post("/v1/cases/strict/outcomes", "{\"reward\": 1}"));
    Refusal.field(
        "/supersedes",
        "no verdict of this case",
        bundle.post(
            "/v1/cases/strict/outcomes", "{\"status\": \"success\", \"supersedes\": \"x\"}"));
    assertEquals(
        "no case with id \"nobody\"", Refusal.of(ProblemKind.NOT_FOUND, outcome("nobody", true)));
  }

  private static void store(String id) {
    Answer answer =
        bundle.postJson(
            "/v1/cases", Map.of("id", id, "problem", "problem of " + id, "solution", "none"));
    assertEquals(201, answer.status(), answer.response().body());
  }

  private static Answer outcome(String id, boolean success) {
    return bundle.postJson(
        "/v1/cases/" + id + "/outcomes", Map.of("status", success ? "success" : "failure"));
  }

  private static double value(String id) {
    return bundle.get("/v1/cases/" + id).json().get("value").asDouble();
  }

  private static Document stats(String id) {
    return bundle
        .collection("memories")
        .find(eq("_id", "default:" + id))
        .first()
        .get("case", Document.class)
        .get("stats", Document.class);
  }

  private static List<Document> log(String id) {
    return bundle.collection("case_log").find(eq("case", "default:" + id)).into(new ArrayList<>());
  }
}
