package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.Settings;
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

class RecallingTest {
  private static final List<Embedding> QUESTION =
      List.of(new Embedding(new float[] {1, 0, 0}, 1, null));
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

  private final Recalling recalling = recalling(TestRecall.settings());

  @Test
  void question_thatIsEmbeddedAlreadyIsTakenAsItIs() {
    Embedding vector = new Embedding(new float[] {0, 1, 0}, 1, null);
    RecallRequest request =
        new RecallRequest(
            "why?", 5, Mode.VECTOR, Scope.of("acme"), null, false, TestRecall.SCORES, vector);
    assertEquals(List.of(), recalling.question(request).texts());
    Document stage = (Document) recalling.nearestPipeline(request, List.of()).get(0);
    assertEquals(
        BinaryVector.floatVector(vector.vector()),
        stage.get("$vectorSearch", Document.class).get("queryVector"));
  }

  @Test
  void question_standsAfterTheSpacesInstruction() {
    assertEquals(
        new EmbedRequest(List.of("query: why?"), Lane.QUERY), recalling.question(request(5)));
  }

  @Test
  void question_waitsForStartUp() {
    Recalling early = new Recalling(new ActiveSpace(), TestRecall.settings());
    Problem problem = assertThrows(Problem.class, () -> early.question(request(5)));
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
  }

  @Test
  void nearest_saysWhetherTheQueryWasCut() {
    List<Document> rows = List.of(new Document("_id", "a"));
    List<Embedding> cut =
        List.of(new Embedding(new float[] {1, 0, 0}, 512, Embedding.Cut.YES, null));
    assertEquals(new Candidates(Candidates.Stage.VECTOR, rows, cut), recalling.nearest(rows, cut));
    assertTrue(recalling.nearest(rows, cut).queryTruncated());
    assertFalse(recalling.nearest(rows, QUESTION).queryTruncated());
    assertFalse(recalling.nearest(rows, List.of()).queryTruncated());
  }

  @Test
  void nearestPipeline_filtersInsideTheSearch() {
    List<Bson> pipeline = recalling.nearestPipeline(scoped(), QUESTION);
    assertEquals(
        List.of(
            new Document(
                "$vectorSearch",
                new Document("index", "vector_m-3")
                    .append("path", "vectors.m-3")
                    .append("queryVector", BinaryVector.floatVector(new float[] {1, 0, 0}))
                    .append("numCandidates", 1_200)
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
                                mql("metadata.topic", "$eq", "x"))))),
            project("vectorSearchScore")),
        pipeline);
  }

  @Test
  void lexicalPipeline_filtersInsideTheSearch() {
    List<Bson> pipeline = recalling.lexicalPipeline(scoped());
    Document text =
        new Document("query", "why?")
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
            project("searchScore")),
        pipeline);
  }

  @Test
  void pipelines_holdTheTenantAlsoWhenNothingElseIsAsked() {
    RecallRequest everything = request(5);
    Document vector = stage(recalling.nearestPipeline(everything, QUESTION), "$vectorSearch");
    assertEquals(new Document("$and", List.of(mql("tenant", "$eq", "acme"))), vector.get("filter"));
    Document search = stage(recalling.lexicalPipeline(everything), "$search");
    assertEquals(
        List.of(equal("tenant", "acme")), search.get("compound", Document.class).get("filter"));
  }

  @ParameterizedTest
  @CsvSource({"1, 60, 1200", "15, 60, 1200", "16, 64, 1280", "200, 800, 10000"})
  void pool_isFourTimesTheLimitOrMore_andCandidatesAreBounded(int limit, int pool, int candidates) {
    Document vector = stage(recalling.nearestPipeline(request(limit), QUESTION), "$vectorSearch");
    assertEquals(pool, vector.get("limit"));
    assertEquals(candidates, vector.get("numCandidates"));
    assertEquals(new Document("$limit", pool), recalling.lexicalPipeline(request(limit)).get(1));
  }

  @Test
  void numCandidates_areNeverFewerThanTheLimit_whateverTheSettings() {
    Recalling widest = recalling(new Settings.Recall(1_000, 60, 1, "score", 0.1, 16));
    for (int limit = 1; limit <= 1_000; limit += 37) {
      Document vector = stage(widest.nearestPipeline(request(limit), QUESTION), "$vectorSearch");
      assertTrue(vector.getInteger("numCandidates") >= vector.getInteger("limit"));
      assertTrue(vector.getInteger("numCandidates") <= 10_000);
    }
  }

  @Test
  void cosinesPipeline_scoresExactlyThese_insideTheScope() {
    Gaps gaps = new Gaps(Set.of("acme:c"), Set.of(), QUESTION);
    List<Bson> pipeline = recalling.cosinesPipeline(request(5), gaps);
    Document stage = stage(pipeline, "$vectorSearch");
    assertEquals(true, stage.get("exact"));
    assertEquals(1, stage.get("limit"));
    assertFalse(stage.containsKey("numCandidates"));
    assertEquals(
        new Document(
            "$and", List.of(mql("tenant", "$eq", "acme"), mql("_id", "$in", List.of("acme:c")))),
        stage.get("filter"));
    assertEquals(score("vectorSearchScore"), pipeline.get(1));
  }

  @Test
  void wordScoresPipeline_scoresExactlyThese_insideTheScope() {
    Gaps gaps = new Gaps(Set.of(), Set.of("acme:a"), QUESTION);
    List<Bson> pipeline = recalling.wordScoresPipeline(scoped(), gaps);
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
  }

  private static Document score(String meta) {
    return new Document("$project", new Document("score", new Document("$meta", meta)));
  }

  @Test
  void nearestPipeline_isRefusedWithTheQuestion() {
    Problem refusal = new Problem(ProblemKind.EMBEDDER_FAILED, "answered 422");
    assertSame(
        refusal,
        assertThrows(
            Problem.class,
            () -> recalling.nearestPipeline(request(5), List.of(new Embedding(null, 0, refusal)))));
  }

  @ParameterizedTest
  @CsvSource({"VECTOR, true, false", "LEXICAL, false, true", "HYBRID, true, true"})
  void mode_saysWhichSearchesRun(Mode mode, boolean vector, boolean words) {
    RecallRequest request =
        new RecallRequest("why?", 5, mode, Scope.of("acme"), null, false, TestRecall.SCORES);
    assertEquals(vector, recalling.byVector(request));
    assertEquals(words, recalling.byWords(request));
    assertFalse(recalling.none().iterator().hasNext());
  }

  private static Recalling recalling(Settings.Recall settings) {
    return new Recalling(TestSpaces.active(TestSpaces.small()), settings);
  }

  private static RecallRequest request(int limit) {
    return new RecallRequest(
        "why?", limit, Mode.HYBRID, Scope.of("acme"), null, false, TestRecall.SCORES);
  }

  private static RecallRequest scoped() {
    Scope scope =
        new Scope("acme", Set.of(Kind.PASSAGE), "a", "s", new Filter.Eq("metadata.topic", "x"));
    return new RecallRequest("why?", 5, Mode.HYBRID, scope, null, false, TestRecall.SCORES);
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

  private static Document project(String score) {
    return new Document(
        "$project", new Document(SHOWN).append("score", new Document("$meta", score)));
  }
}
