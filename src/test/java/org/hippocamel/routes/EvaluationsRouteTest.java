package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.regex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluations as jobs: of a labelled set in a tenant of its own, and of what a tenant has. */
class EvaluationsRouteTest {
  private static final String ADMIN = "key-of-acme-admin";
  private static final String READER = "key-of-acme-reader";
  private static final String BETA = "key-of-beta-admin";
  private static final int DOCUMENTS = 40;

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() throws IOException {
    Path folder = RunningBundle.newFolder();
    Path keys =
        TestKeys.file(
            folder,
            TestKeys.line(ADMIN, "acme", "admin"),
            TestKeys.line(READER, "acme", "reader"),
            TestKeys.line(BETA, "beta", "admin"));
    Path sets = Files.createDirectory(folder.resolve("sets"));
    lamps(Files.createDirectory(sets.resolve("lamps")));
    Files.createDirectory(sets.resolve("empty"));
    stubbed =
        StubbedBundle.open(
            folder,
            Map.of(
                "api.keys-file", keys.toString(),
                "inbox.tenant", "acme",
                "evaluation.directory", sets.toString(),
                "evaluation.max-results", "12000",
                "embed.ingest-deadline-millis", "1000",
                "job.heartbeat-millis", "30",
                "job.poll-millis", "50",
                "job.retry-millis", "100"));
    bundle = stubbed.bundle();
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  /** Each query has one word, and one document has it. */
  private static void lamps(Path set) throws IOException {
    StringBuilder corpus = new StringBuilder();
    StringBuilder queries = new StringBuilder();
    StringBuilder qrels = new StringBuilder("query-id\tcorpus-id\tscore\n");
    for (int i = 0; i < DOCUMENTS; i++) {
      corpus.append(
          "{\"_id\": \"d%d\", \"title\": \"Lamp\", \"text\": \"lamp%d\"}\n".formatted(i, i));
      queries.append("{\"_id\": \"q%d\", \"text\": \"lamp%d\"}\n".formatted(i, i));
      qrels.append("q%d\td%d\t1\n".formatted(i, i));
    }
    Files.writeString(set.resolve("corpus.jsonl"), corpus);
    Files.writeString(set.resolve("queries.jsonl"), queries);
    Files.writeString(set.resolve("qrels.tsv"), qrels);
  }

  @AfterAll
  static void close() {
    Awaitility.reset();
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @Test
  void dataset_isMeasuredInATenantThatGoesAwayAgain() {
    JsonNode job = order("{\"dataset\": \"lamps\"}");
    assertEquals("evaluation", job.get("kind").asText());
    assertEquals("queued", job.get("state").asText());
    JsonNode done = ended(job);
    assertEquals("done", done.get("state").asText(), done.toString());
    assertEquals(DOCUMENTS + 3 * DOCUMENTS, done.get("done").asInt(), "documents and searches");
    JsonNode table = done.get("result");
    assertEquals("lamps", table.get("dataset").asText());
    assertEquals(DOCUMENTS, table.get("documents").asInt());
    assertEquals(100, table.get("depth").asInt());
    assertEquals(
        List.of("vector", "lexical", "hybrid"),
        List.of(
            table.at("/runs/0/name").asText(),
            table.at("/runs/1/name").asText(),
            table.at("/runs/2/name").asText()));
    for (String metric : List.of("nDCG@10", "MRR@10", "MAP@100", "recall@1", "recall@3", "hit@5")) {
      assertEquals(1, table.at("/runs/1/metrics/" + metric + "/mean").asDouble(), metric);
    }
    assertTrue(table.at("/runs/0/latency_ms/p50").asDouble() > 0);
    assertEquals(3, table.get("comparisons").size());
    assertFalse(table.at("/runs/0").has("per_query"), "that is for the report");
    assertEquals(0, strangers(), "the set's tenant is gone");
    assertEquals(0, bundle.collection("sources").countDocuments(eq("tenant", "~")));
  }

  @Test
  void queries_areEmbeddedOnceForAllModes() {
    ended(
        order(
            "{\"dataset\": \"lamps\", \"modes\": [\"vector\", \"hybrid\", \"hybrid:fusion=rrf\"]}"));
    long queries = stubbed.embedded().stream().filter(text -> text.endsWith(": lamp7")).count();
    assertEquals(1, queries, stubbed.embedded().toString());
  }

  @Test
  void stagesOfContexts_areMeasuredThroughContexts() {
    JsonNode done =
        ended(
            order(
                "{\"dataset\": \"lamps\", \"modes\": [\"lexical\", \"lexical+graph\","
                    + " \"lexical+graph+diversity:graph.hops=2\"]}"));
    assertEquals("done", done.get("state").asText(), done.toString());
    for (JsonNode run : done.at("/result/runs")) {
      assertEquals(1, run.at("/metrics/hit@1/mean").asDouble(), run.toString());
    }
    String metrics = bundle.manage("/observe/metrics").response().body();
    int contexts = 2 * DOCUMENTS;
    assertTrue(
        metrics.contains(
            "hippocamel_context_stage_seconds_count{stage=\"recall\"} %d".formatted(contexts)),
        metrics);
  }

  @Test
  void report_isAPageOrAllFigures_forTheTenantAlone() {
    String id =
        ended(order("{\"dataset\": \"lamps\", \"modes\": [\"lexical\"]}")).get("id").asText();
    String path = "/v1/evaluations/" + id + "/report";
    Answer page = bundle.get(path, bearer(READER));
    assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
    assertTrue(page.response().body().contains("<h2>MAP@100</h2>"), page.response().body());
    Answer figures =
        bundle.get(path, "Authorization", "Bearer " + READER, "Accept", "application/json");
    assertEquals("application/json", figures.header("Content-Type"));
    assertEquals(DOCUMENTS, figures.json().at("/runs/0/per_query/nDCG@10").size());
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get(path, bearer(BETA)));
    Refusal.of(ProblemKind.UNAUTHORISED, bundle.get(path));

    JsonNode compared =
        ended(
            order(
                "{\"dataset\": \"lamps\", \"modes\": [\"hybrid:lexical_weight=1\"], \"earlier\":"
                    + " \"%s\"}".formatted(id)));
    assertEquals(
        "hybrid:lexical_weight=1 and earlier lexical are alike",
        compared.at("/result/comparisons/0/verdict").asText().split(":(?= nDCG)")[0]);
    Refusal.field(
        "/earlier",
        "no evaluation \"none\"",
        post("{\"dataset\": \"lamps\", \"earlier\": \"none\"}", ADMIN));
  }

  @Test
  void ownMemories_areAskedAsTheyAre() {
    String lines =
        """
        {"id": "m1", "agent_id": "a", "text": "the kettle whistles"}
        {"id": "m2", "agent_id": "a", "text": "the kettle is cold"}
        {"id": "m3", "agent_id": "a", "text": "a boat"}
        """;
    bundle.post("/v1/interactions", lines, bearer(ADMIN));
    JsonNode done =
        ended(
            order(
                """
                {"queries": [{"id": "q.1", "text": "whistles"}, {"id": "q$2", "text": "boat"}],
                 "judgements": {"q.1": {"m1": 2, "m3": 0}, "q$2": {"m3": 1, "m1": 0}},
                 "modes": ["lexical"], "depth": 3}
                """));
    assertEquals("done", done.get("state").asText(), done.toString());
    assertEquals(1, done.at("/result/runs/0/metrics/nDCG@10/mean").asDouble());
    assertEquals(2, done.get("parameters").get("queries").asInt());
    assertEquals(200, bundle.get("/v1/memories/m1", bearer(READER)).status(), "they stay");
  }

  @Test
  void ownSources_areJudgedByTheirBestPassage() {
    for (String name : List.of("north", "south")) {
      bundle.postJson(
          "/v1/documents",
          Map.of("uri", name + ".md", "text", "# One\n\nIntro.\n\n# Two\n\nGo " + name + ".\n"),
          bearer(ADMIN));
    }
    JsonNode done =
        ended(
            order(
                """
                {"queries": [{"id": "q", "text": "south"}], "unit": "document",
                 "judgements": {"q": {"south.md": 1}}, "modes": ["lexical"]}
                """));
    assertEquals(1, done.at("/result/runs/0/metrics/MRR@10/mean").asDouble(), done.toString());
  }

  @Test
  void cancel_endsItAndItsTenantIsGone() {
    stubbed.tei().play("always slow 100ms");
    JsonNode job = order("{\"dataset\": \"lamps\"}");
    await(job, one -> one.get("done").asInt() > DOCUMENTS);
    assertTrue(strangers() > 0, "it is there while it is measured");
    assertTrue(
        bundle
            .post("/v1/search", "{\"query\": \"lamp7\"}", bearer(BETA))
            .json()
            .at("/results")
            .isEmpty());
    bundle.post("/v1/jobs/" + job.get("id").asText() + "/cancel", "", bearer(ADMIN));
    assertEquals("cancelled", ended(job).get("state").asText());
    assertEquals(0, strangers());
    Refusal.of(
        ProblemKind.CONFLICT,
        bundle.get("/v1/evaluations/" + job.get("id").asText() + "/report", bearer(READER)));
  }

  @Test
  void embedderAway_letsItWaitAndGoOn() {
    stubbed.tei().stop();
    JsonNode job;
    try {
      job = order("{\"dataset\": \"lamps\", \"modes\": [\"lexical\"]}");
      JsonNode waiting = await(job, one -> one.has("reason"));
      assertTrue(waiting.get("reason").asText().contains("tei.url"), waiting.toString());
    } finally {
      stubbed.tei().restartOnSamePort();
    }
    assertEquals("done", ended(job).get("state").asText());
    assertEquals(0, strangers());
  }

  @Test
  void deadProcess_isSucceededByAnotherRun() {
    stubbed.tei().play("always slow 50ms");
    JsonNode job = order("{\"dataset\": \"lamps\", \"modes\": [\"vector\"]}");
    await(job, one -> one.get("done").asInt() > DOCUMENTS / 2);
    // As if the process that has it were gone, and its lease run out.
    bundle
        .collection("jobs")
        .updateOne(
            eq("_id", "acme:" + job.get("id").asText()),
            new Document(
                "$set",
                new Document("lease.owner", "a dead one").append("lease.until", new Date(0))));
    JsonNode done = ended(job);
    assertEquals("done", done.get("state").asText(), done.toString());
    assertEquals(2, done.get("attempts").asInt());
    assertTrue(done.get("skipped").asInt() > 0, "what was stored is not stored again: " + done);
    assertEquals(0, strangers());
  }

  @Test
  void refusedDocument_failsItWithAReason() {
    stubbed.tei().fail(text -> text.contains("lamp17"), 422, "{\"error\":\"no\"}");
    JsonNode failed = ended(order("{\"dataset\": \"lamps\"}"));
    assertEquals("failed", failed.get("state").asText());
    assertTrue(
        failed.get("reason").asText().startsWith("document d17 is not stored: "),
        failed.toString());
    assertEquals(0, strangers());
  }

  @Test
  void unreadableSet_failsWithAReasonThatNamesNoFolderOfTheMachine() {
    JsonNode failed = ended(order("{\"dataset\": \"empty\"}"));
    assertEquals("failed", failed.get("state").asText());
    assertEquals(
        "neither evaluation.directory/empty/corpus.jsonl nor"
            + " evaluation.directory/empty/corpus.jsonl.gz is there",
        failed.get("reason").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../lamps", "lamps/..", "/etc", ".", "..", "a\\\\b", "-x", "lamps\\u0000"})
  void names_leadNowhereElse(String name) {
    Refusal.field(
        "/dataset", "must be the name of a folder", post("{\"dataset\": \"" + name + "\"}", ADMIN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                       | /dataset           | name a dataset, or send queries
          {"dataset": "none"}                                      | /dataset           | no folder "none"
          {"dataset": "lamps", "modes": ["fast"]}                  | /modes/0           | mode "fast": mode "fast" is not one of
          {"dataset": "lamps", "modes": ["a b"]}                   | /modes/0           | "a b" is not a mode
          {"dataset": "lamps", "modes": ["hybrid+guess"]}          | /modes/0           | unknown field "guess"
          {"dataset": "lamps", "modes": ["hybrid+rerank"]}         | /modes/0           | there is no reranker; set RERANK_URL
          {"dataset": "lamps", "modes": ["hybrid+graph:fusion=rrf"]} | /modes/0         | unknown field "fusion"
          {"dataset": "lamps", "modes": ["vector", "vector"]}      | /modes             | a mode stands twice
          {"dataset": "lamps", "depth": 201}                       | /depth             | above 200 (limits.max-limit)
          {"dataset": "lamps", "unit": "memory"}                   | /unit              | are memories
          {"dataset": "lamps", "tenant": "beta"}                   | /tenant            | from the API key
          {"queries": [{"id": "a", "text": "x"}]}                  | /judgements        | tell nothing
          {"queries": [{"id": "a", "text": "x"}], "judgements": {"b": {}}} | /judgements/b | no query has this id
          {"queries": [{"id": "a", "text": "x"}], "judgements": {}} | /judgements       | the query "a" has no judgement
          {"queries": [{"id": "a"}], "judgements": {}}             | /queries/0/text    | text is required
          {"queries": [{"id": "a", "text": "x"}], "judgements": {"a": {"m": -1}}} | /judgements/a/m | is below 0
          """)
  void orders_areRefusedByField(String body, String pointer, String words) {
    Refusal.field(pointer, words, post(body, ADMIN));
  }

  @Test
  void moreResultsThanCanBeKept_endTheJob() {
    JsonNode done =
        ended(
            order(
                "{\"dataset\": \"lamps\", \"modes\": [\"lexical\", \"lexical:lexical_weight=0.2\","
                    + " \"lexical:lexical_weight=0.3\", \"hybrid\"]}"));
    assertEquals("failed", done.get("state").asText(), done.toString());
    assertTrue(
        done.get("reason").asText().contains("4 modes x 40 queries x depth 100"), done.toString());
    assertEquals(0, strangers());
  }

  @Test
  void orders_areForAdmins() {
    Refusal.of(ProblemKind.FORBIDDEN, post("{\"dataset\": \"lamps\"}", READER));
  }

  /** Memories of sets, all of which go away. */
  private static long strangers() {
    return bundle.collection("memories").countDocuments(regex("tenant", "^~"));
  }

  private static String[] bearer(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  private static Answer post(String body, String key) {
    return bundle.post("/v1/evaluations", body, bearer(key));
  }

  private static JsonNode order(String body) {
    Answer answer = post(body, ADMIN);
    assertEquals(202, answer.status(), answer.response().body());
    return answer.json();
  }

  private static JsonNode ended(JsonNode job) {
    return await(job, one -> one.has("finished_at"));
  }

  private static JsonNode await(JsonNode job, Predicate<JsonNode> wanted) {
    String path = "/v1/jobs/" + job.get("id").asText();
    return Awaitility.await().until(() -> bundle.get(path, bearer(READER)).json(), wanted);
  }
}
