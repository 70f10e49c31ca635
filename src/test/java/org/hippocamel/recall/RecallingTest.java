package org.hippocamel.recall;

import static org.hippocamel.recall.TestRounds.NOW;
import static org.hippocamel.recall.TestRounds.QUESTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.Settings;
import org.hippocamel.config.VectorSettings;
import org.hippocamel.config.VectorSettings.Encoding;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.memory.Kind;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecallingTest {
  private static final Document SHOWN =
      new Document("tenant", 1)
          .append("kind", 1)
          .append("agent_id", 1)
          .append("session_id", 1)
          .append("text", 1)
          .append("metadata", 1)
          .append("source", 1)
          .append("case", 1)
          .append("occurred_at", 1);

  private final RecallCounts counts = new RecallCounts();
  private final Recalling recalling = recalling(TestRecall.settings());

  @Test
  void question_thatIsEmbeddedAlreadyIsTakenAsItIs() {
    Embedding vector = new Embedding(new float[] {0, 1, 0}, 1, null);
    Round round = first(TestRecall.asked(Mode.VECTOR, 5).with(vector, "m-3"));
    assertFalse(round.asks());
    Document stage = (Document) recalling.nearestPipeline(round, round.question()).get(0);
    assertEquals(
        BinaryVector.floatVector(vector.vector()),
        stage.get("$vectorSearch", Document.class).get("queryVector"));
  }

  @Test
  void question_standsAfterTheSpacesInstruction() {
    EmbedRequest waiting = new EmbedRequest(List.of("query: why?"), Lane.QUERY).in("m-3");
    assertEquals(waiting, recalling.question(first(TestRecall.asked(Mode.VECTOR, 5))));
    assertEquals(
        waiting.within(Duration.ofSeconds(2), "recall.patience-millis"),
        recalling.question(first(TestRecall.asked(Mode.HYBRID, 5))));
  }

  @Test
  void first_waitsForStartUp() {
    Recalling early =
        new Recalling(
            new ActiveSpace(),
            TestRecall.settings(),
            VectorSettings.FLOATS,
            Clock.systemUTC(),
            counts);
    Problem problem = assertThrows(Problem.class, () -> early.first(asked(5)));
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
  }

  @Test
  void first_takesMomentAndCalibrationFromThePageBefore() {
    Cursor after = TestCursors.behind(asked(5), 10, 0.5, "a");
    Recalling later =
        new Recalling(
            TestSpaces.calibrated(TestSpaces.small(), 0.7, 0.2),
            TestRecall.settings(),
            VectorSettings.FLOATS,
            Clock.offset(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofHours(1)),
            counts);
    Round round = later.first(asked(5).with(new Page(5, after)));
    assertEquals(NOW, round.asOf());
    assertEquals(after.calibration(), round.calibration());
    assertEquals(NOW.plus(Duration.ofHours(1)), later.first(asked(5)).asOf());
  }

  @Test
  void first_bringsUpNoLongerLists_thanTheSettingsAllow_whateverACursorSays() {
    Ranking ranks = Ranking.of(Mode.HYBRID, new Fusing(Fusing.Rule.RRF, 0.1));
    for (Ranking ranking : List.of(ranks, TestRecall.in(Mode.HYBRID))) {
      RecallRequest request = asked(5).with(ranking);
      Cursor known = TestCursors.behind(request, 10, 0.5, "a");
      Cursor forged =
          new Cursor(
              known.request(),
              known.space(),
              10,
              Integer.MAX_VALUE,
              NOW,
              known.calibration(),
              false,
              0.5,
              "a");
      assertEquals(
          TestRecall.settings().maxPool(),
          recalling.first(request.with(new Page(5, forged))).pool());
    }
  }

  @Test
  void first_refusesACursorOfAnotherSpace() {
    Cursor here = TestCursors.behind(asked(5), 10, 0.5, "a");
    Cursor other = new Cursor(here.request(), 1, 10, 60, NOW, here.calibration(), false, 0.5, "a");
    Problem problem =
        assertThrows(Problem.class, () -> recalling.first(asked(5).with(new Page(5, other))));
    assertEquals(ProblemKind.INVALID, problem.kind());
    assertEquals(
        "cursor belongs to another embedding space than m-3, which is searched now; search again"
            + " without it",
        problem.getMessage());
  }

  @ParameterizedTest
  @EnumSource(
      value = ProblemKind.class,
      names = {"UNAVAILABLE", "TIMEOUT", "OVERLOADED"})
  void answered_letsWordsDo_whenTheEmbedderIsAway(ProblemKind kind) {
    List<Embedding> refused = refused(kind);
    Question question = recalling.answered(first(asked(5)), refused);
    assertEquals(Question.unanswered("TEI is away"), question);
    assertEquals(1, counts.degradedSearches());
    assertEquals(List.of(), recalling.nearestPipeline(first(asked(5)), question));
    // Where only the vector tells, or an order goes on, its absence is the answer.
    Cursor after = TestCursors.behind(asked(5), 5, 1, "a");
    for (RecallRequest request :
        List.of(
            TestRecall.asked(Mode.VECTOR, 5),
            asked(5).with(new Threshold(1.0, null)),
            asked(5).with(new Threshold(null, 1.0)),
            asked(5).with(new Page(5, after)))) {
      assertThrows(Problem.class, () -> recalling.answered(first(request), refused));
    }
  }

  @Test
  void answered_saysWhyTheEmbedderRefusesTheQuestion() {
    Problem problem =
        assertThrows(
            Problem.class,
            () -> recalling.answered(first(asked(5)), refused(ProblemKind.EMBEDDER_FAILED)));
    assertEquals("TEI is away", problem.getMessage());
  }

  private static List<Embedding> refused(ProblemKind kind) {
    return List.of(new Embedding(null, 0, new Problem(kind, "TEI is away")));
  }

  @Test
  void answer_byWordsAlone_goesOnByWordsAlone() {
    Cursor after =
        new Cursor(
            RequestDigest.of(asked(5)),
            RequestDigest.hash("m-3"),
            5,
            60,
            NOW,
            TestRounds.CALIBRATION,
            true,
            0.1,
            "a");
    Round round = recalling.first(asked(5).with(new Page(5, after)));
    assertFalse(round.asks());
    assertTrue(round.byWords());
    assertEquals("its first page was made while the embedder was away", round.question().away());
  }

  @Test
  void nearestPipeline_filtersInsideTheSearch() {
    List<Bson> pipeline = recalling.nearestPipeline(first(scoped()), QUESTION);
    assertEquals(
        List.of(
            new Document(
                "$vectorSearch",
                new Document("index", "vector_m-3")
                    .append("path", "vectors.m-3")
                    .append("queryVector", BinaryVector.floatVector(new float[] {1, 0, 0}))
                    .append("limit", 60)
                    .append(
                        "filter",
                        new Document(
                            "$and",
                            List.of(
                                mql("tenant", "$eq", "acme"),
                                mql("kind", "$in", List.of("passage")),
                                mql("agent_id", "$eq", "a"),
                                mql("session_id", "$eq", "s"),
                                mql("metadata.topic", "$eq", "x"))))
                    .append("numCandidates", 1_200)),
            score("vectorSearchScore")),
        pipeline);
  }

  @Test
  void wordsPipeline_filtersInsideTheSearch() {
    List<Bson> pipeline = recalling.wordsPipeline(first(scoped()));
    Document text =
        new Document("query", List.of("why?"))
            .append("path", List.of("text", "source.title", "source.heading", "case.solution"));
    assertEquals(
        List.of(
            new Document(
                "$search",
                new Document("index", "lexical")
                    .append(
                        "compound",
                        new Document("must", List.of(new Document("text", text)))
                            .append(
                                "filter",
                                List.of(
                                    equal("tenant", "acme"),
                                    new Document(
                                        "in",
                                        new Document("path", "kind")
                                            .append("value", List.of("passage"))),
                                    equal("agent_id", "a"),
                                    equal("session_id", "s"),
                                    equal("metadata.topic", "x"))))),
            new Document("$limit", 60),
            score("searchScore")),
        pipeline);
  }

  @Test
  void pipelines_holdTheTenantAlsoWhenNothingElseIsAsked() {
    Round everything = first(asked(5));
    Document vector = stage(recalling.nearestPipeline(everything, QUESTION), "$vectorSearch");
    assertEquals(new Document("$and", List.of(mql("tenant", "$eq", "acme"))), vector.get("filter"));
    Document search = stage(recalling.wordsPipeline(everything), "$search");
    assertEquals(
        List.of(equal("tenant", "acme")), search.get("compound", Document.class).get("filter"));
  }

  @ParameterizedTest
  @CsvSource({"1, 60, 1200", "15, 60, 1200", "16, 64, 1280", "200, 800, 10000"})
  void pool_isFourTimesTheLimitOrMore_andCandidatesAreBounded(int limit, int pool, int candidates) {
    Round round = first(asked(limit));
    Document vector = stage(recalling.nearestPipeline(round, QUESTION), "$vectorSearch");
    assertEquals(pool, vector.get("limit"));
    assertEquals(candidates, vector.get("numCandidates"));
    assertEquals(new Document("$limit", pool), recalling.wordsPipeline(round).get(1));
  }

  @Test
  void pool_growsWithTheDepthOfThePage_andIsTheRequestsOwnWhereItSaysSo() {
    Cursor deep = TestCursors.behind(asked(5), 95, 0.5, "a");
    assertEquals(400, first(asked(5).with(new Page(5, deep))).pool());
    Cursor deepest = TestCursors.behind(asked(5), 995, 0.5, "a");
    assertEquals(4_000, first(asked(5).with(new Page(200, deepest))).pool());
    Ranking own = new Ranking(Mode.HYBRID, TestRecall.SCORES, null, 17);
    assertEquals(17, first(asked(5).with(own)).pool());
    assertEquals(17, first(asked(5).with(own).with(new Page(5, deep))).pool());
    // Reciprocal ranks depend on the lists' length: it stays that of the first page.
    Ranking ranks = Ranking.of(Mode.HYBRID, TestRecall.RANKS);
    assertEquals(60, first(asked(5).with(ranks).with(new Page(200, deep))).pool());
  }

  @Test
  void numCandidates_areNeverFewerThanTheLimit_whateverTheSettings() {
    Recalling widest =
        recalling(
            new Settings.Recall(
                1_000, 4_000, 1_000, 60, 1, "score", 0.1, 16, Duration.ofSeconds(1), false));
    for (int limit = 1; limit <= 1_000; limit += 37) {
      Document vector =
          stage(widest.nearestPipeline(widest.first(asked(limit)), QUESTION), "$vectorSearch");
      assertTrue(vector.getInteger("numCandidates") >= vector.getInteger("limit"));
      assertTrue(vector.getInteger("numCandidates") <= 10_000);
    }
  }

  @Test
  void nearestPipeline_ofBytesBringsUpMore_whichAreScoredByTheirFloats() {
    Recalling bytes = recalling(TestRecall.settings(), new VectorSettings(Encoding.INT8, 4));
    Round round = bytes.first(scoped());
    Document near = stage(bytes.nearestPipeline(round, QUESTION), "$vectorSearch");
    assertEquals(240, near.get("limit"));
    assertEquals(1_200, near.get("numCandidates"));
    List<Document> rows = List.of(new Document("_id", "acme:a"), new Document("_id", "acme:b"));
    assertTrue(bytes.approximate(rows));
    assertFalse(bytes.approximate(List.of()), "nothing to look at again");
    List<Bson> again = bytes.rescoringPipeline(round, QUESTION, rows);
    Document exact = stage(again, "$vectorSearch");
    assertEquals(true, exact.get("exact"));
    assertEquals(2, exact.get("limit"));
    List<?> inside = exact.get("filter", Document.class).getList("$and", Document.class);
    assertEquals(mql("tenant", "$eq", "acme"), inside.get(0), "inside the scope as before");
    assertTrue(inside.toString().contains("[acme:a, acme:b]"));
    assertEquals(bytes.nearestPipeline(round, QUESTION).get(1), again.get(1));
  }

  @Test
  void nearestPipeline_ofBitsHasTheServerLookAtMore() {
    Recalling bits = recalling(TestRecall.settings(), new VectorSettings(Encoding.BINARY, 4));
    Document near = stage(bits.nearestPipeline(bits.first(asked(5)), QUESTION), "$vectorSearch");
    assertEquals(60, near.get("limit"));
    assertEquals(4_800, near.get("numCandidates"));
    assertFalse(bits.approximate(List.of(new Document("_id", "acme:a"))));
  }

  @Test
  void nearestPipeline_neverAsksForMoreThanAtlasTakes() {
    for (Encoding encoding : Encoding.values()) {
      Recalling most =
          recalling(TestRecall.settings(4_000, 10_000), new VectorSettings(encoding, 100));
      Document near = stage(most.nearestPipeline(most.first(asked(5)), QUESTION), "$vectorSearch");
      assertEquals(10_000, near.get("numCandidates"));
      assertTrue(near.getInteger("limit") <= 10_000);
    }
  }

  @Test
  void cosinesPipeline_scoresExactlyThese_insideTheScope() {
    Gaps gaps = new Gaps(Set.of("acme:c"), Set.of(), QUESTION);
    List<Bson> pipeline = recalling.cosinesPipeline(first(asked(5)), gaps);
    Document stage = stage(pipeline, "$vectorSearch");
    assertEquals(true, stage.get("exact"));
    assertEquals(1, stage.get("limit"));
    assertFalse(stage.containsKey("numCandidates"));
    assertEquals(
        new Document(
            "$and", List.of(mql("tenant", "$eq", "acme"), mql("_id", "$in", List.of("acme:c")))),
        stage.get("filter"));
    assertEquals(score("vectorSearchScore"), pipeline.get(1));
    assertEquals(List.of(), recalling.wordScoresPipeline(first(asked(5)), gaps));
  }

  @Test
  void wordScoresPipeline_scoresExactlyThese_insideTheScope() {
    Gaps gaps = new Gaps(Set.of(), Set.of("acme:a"), QUESTION);
    List<Bson> pipeline = recalling.wordScoresPipeline(first(scoped()), gaps);
    Document compound = stage(pipeline, "$search").get("compound", Document.class);
    List<Document> filters = compound.getList("filter", Document.class);
    assertEquals(equal("tenant", "acme"), filters.get(0));
    Document inside = filters.get(4).get("compound", Document.class);
    assertEquals(
        List.of(
            equal("metadata.topic", "x"),
            new Document("in", new Document("path", "_id").append("value", List.of("acme:a")))),
        inside.get("filter"));
    assertEquals(new Document("$limit", 1), pipeline.get(1));
    assertEquals(score("searchScore"), pipeline.get(2));
    assertEquals(List.of(), recalling.cosinesPipeline(first(scoped()), gaps));
  }

  private static Document score(String meta) {
    return new Document("$project", new Document("score", new Document("$meta", meta)));
  }

  @Test
  void lists_holdTheAge_whereItCounts() {
    Ranking fresh = new Ranking(Mode.HYBRID, TestRecall.SCORES, new Freshness(1, 30), null);
    Round round = first(asked(5).with(fresh));
    Document project =
        new Document("score", new Document("$meta", "searchScore")).append("occurred_at", 1);
    assertEquals(new Document("$project", project), recalling.wordsPipeline(round).get(2));
  }

  @Test
  void rowsPipeline_fetchesTheResults_ofTheTenantAlone() {
    Round round = settled(scored("acme:b"), scored("acme:a"));
    assertEquals(
        List.of(
            new Document(
                "$match",
                new Document("_id", new Document("$in", List.of("acme:b", "acme:a")))
                    .append("tenant", "acme")),
            new Document("$project", SHOWN)),
        recalling.rowsPipeline(round));
    assertEquals(List.of(), recalling.rowsPipeline(settled()));
  }

  @Test
  void reply_keepsTheOrder_andLeavesOutWhatIsGone() {
    Round round = settled(scored("acme:c"), scored("acme:gone"), scored("acme:a"));
    SearchReply reply =
        recalling.reply(
            round, List.of(new Document("_id", "acme:a"), new Document("_id", "acme:c")));
    assertEquals(
        List.of("acme:c", "acme:a"),
        reply.hits().stream().map(hit -> hit.row().getString("_id")).toList());
    assertEquals(List.of(1, 3), reply.hits().stream().map(SearchReply.Hit::rank).toList());
    assertEquals("m-3", reply.space());
    assertEquals(Mode.HYBRID, reply.mode());
    assertNull(reply.next());
    assertNull(reply.degraded());
  }

  @Test
  void reply_saysWhereTheNextPageBegins() {
    Round round =
        first(asked(2))
            .settled(new Ranked(List.of(scored("acme:b"), scored("acme:a")), true), QUESTION);
    Cursor next = Cursor.parse(recalling.reply(round, List.of()).next()).orElseThrow();
    assertEquals("a", next.id());
    assertEquals(2, next.depth());
    assertEquals(NOW, next.asOf());
    assertEquals(TestRounds.CALIBRATION.mean(), next.calibration().mean());
    assertEquals(List.of(), next.differences(asked(7).explained()));
  }

  @Test
  void reply_tellsThatTheQueryWasCut_andThatWordsAloneAnswered() {
    Embedding cut = new Embedding(new float[] {1, 0, 0}, 512, Embedding.Cut.YES, null);
    Round round = first(asked(2));
    Ranked nothing = new Ranked(List.of(), false);
    assertTrue(
        recalling
            .reply(round.settled(nothing, Question.of(List.of(cut))), List.of())
            .queryTruncated());
    SearchReply degraded =
        recalling.reply(round.settled(nothing, Question.unanswered("away")), List.of());
    assertEquals("away", degraded.degraded());
    assertFalse(degraded.queryTruncated());
  }

  private Round settled(Scored... page) {
    return first(asked(5)).settled(new Ranked(List.of(page), false), QUESTION);
  }

  private static Scored scored(String id) {
    return new Scored(id, 1, 1, Double.NaN, Map.of());
  }

  @ParameterizedTest
  @CsvSource({"VECTOR, true, false", "LEXICAL, false, true", "HYBRID, true, true"})
  void mode_saysWhichSearchesRun(Mode mode, boolean vector, boolean words) {
    Round round = first(TestRecall.asked(mode, 5));
    assertEquals(vector, round.asks());
    assertEquals(words, !recalling.wordsPipeline(round).isEmpty());
    // A relevance is made of both.
    Round both = first(TestRecall.asked(mode, 5).with(new Threshold(null, 1.0)));
    assertTrue(both.asks());
    assertFalse(recalling.wordsPipeline(both).isEmpty());
  }

  @Test
  void nearestPipeline_isRefusedWithTheQuestion() {
    Problem refusal = new Problem(ProblemKind.EMBEDDER_FAILED, "answered 422");
    Question refused = Question.of(List.of(new Embedding(null, 0, refusal)));
    assertSame(
        refusal,
        assertThrows(Problem.class, () -> recalling.nearestPipeline(first(asked(5)), refused)));
  }

  private Round first(RecallRequest request) {
    return recalling.first(request);
  }

  private Recalling recalling(Settings.Recall settings) {
    return recalling(settings, VectorSettings.FLOATS);
  }

  private Recalling recalling(Settings.Recall settings, VectorSettings vectors) {
    return new Recalling(
        TestRounds.SPACE, settings, vectors, Clock.fixed(NOW, ZoneOffset.UTC), counts);
  }

  private static RecallRequest asked(int limit) {
    return TestRecall.asked(Mode.HYBRID, limit);
  }

  private static RecallRequest scoped() {
    Scope scope =
        new Scope("acme", Set.of(Kind.PASSAGE), "a", "s", new Filter.Eq("metadata.topic", "x"));
    return RecallRequest.of("why?", scope, TestRecall.in(Mode.HYBRID), 5);
  }

  private static Document stage(List<Bson> pipeline, String name) {
    return ((Document) pipeline.get(0)).get(name, Document.class);
  }

  private static Document mql(String path, String operator, Object value) {
    return new Document(path, new Document(operator, value));
  }

  private static Document equal(String path, String value) {
    return new Document("equals", new Document("path", path).append("value", value));
  }
}
