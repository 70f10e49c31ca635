package org.hippocamel.reembed;

import static org.hippocamel.reembed.TestMigrations.NEW;
import static org.hippocamel.reembed.TestMigrations.OLD;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.Document;
import org.hippocamel.embedding.EmbedSettings;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.job.JobRun;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.Instructions;
import org.hippocamel.spaces.SpaceDiscovery;
import org.hippocamel.spaces.SpaceList;
import org.junit.jupiter.api.Test;

class ReembeddingTest {
  private final Embedders embedders = EmbedSettings.embedders(EmbedSettings.serving());
  private final Reembedding reembedding =
      new Reembedding(
          new SpaceDiscovery(embedders, Map.of("tei", new Instructions("", ""))),
          embedders,
          null,
          TestMigrations.settings(0, 2));

  @Test
  void anIndexTooMany_isAConflictThatSaysWhatToDrop() {
    BsonDocument reply =
        BsonDocument.parse(
            "{ok: 0, code: 8000, errmsg: 'The maximum number of FTS indexes has been reached for"
                + " this instance size.'}");
    MongoCommandException limit =
        new MongoCommandException(reply, new ServerAddress("127.0.0.1", 27017));
    SpaceList stored =
        SpaceList.of(
            List.of(
                space(OLD.id(), "ready"),
                space("other", "ready"),
                new Document("_id", "~active").append("space", OLD.id()).append("epoch", 1L)));
    Problem problem =
        assertThrows(
            Problem.class,
            () -> reembedding.indexRefused(TestMigrations.migration(), limit, stored));
    assertEquals(ProblemKind.CONFLICT, problem.kind());
    assertEquals(
        "the store makes no search index vector_n-2: it allows no more of them (an Atlas free tier"
            + " three). Retire a space that is not needed (POST /v1/spaces/{id}/retire; there are:"
            + " m-3 (active), other (ready)), drop another search index, or take a larger tier",
        problem.getMessage());
  }

  @Test
  void anotherRefusalOfAnIndex_isToldAsItIs() {
    Problem problem =
        assertThrows(
            Problem.class,
            () ->
                reembedding.indexRefused(
                    TestMigrations.migration(),
                    new Problem(ProblemKind.STORE_FAILED, "no such analyzer"),
                    SpaceList.NONE));
    assertTrue(problem.getMessage().endsWith("vector_n-2: no such analyzer"));
    Problem away = new Problem(ProblemKind.UNAVAILABLE, "the store is away");
    assertEquals(
        away,
        assertThrows(
            Problem.class,
            () -> reembedding.indexRefused(TestMigrations.migration(), away, SpaceList.NONE)));
  }

  @Test
  void gate_allowsAsManyRefusedTextsAsMayBe_andNoneThatIsMissing() {
    Migration migration = TestMigrations.migration();
    assertDoesNotThrow(() -> reembedding.gate(migration, 0, 2, List.of()));
    List<Document> named = List.of(new Document("_id", "acme:a"));
    Problem refused = assertThrows(Problem.class, () -> reembedding.gate(migration, 0, 3, named));
    assertTrue(refused.getMessage().contains("reembed.max-refused 2"), refused.getMessage());
    assertTrue(refused.getMessage().contains("[acme:a]"), refused.getMessage());
    Problem late = assertThrows(Problem.class, () -> reembedding.gate(migration, 1, 0, List.of()));
    assertEquals(
        ProblemKind.UNAVAILABLE, late.kind(), "what came meanwhile is embedded by a next run");
  }

  @Test
  void whatKeepsFromTheSwitch_isLookedAtAgain() {
    Problem other = new Problem(ProblemKind.CONFLICT, "another switch came before");
    Problem again = assertThrows(Problem.class, () -> reembedding.notSwitched(other));
    assertEquals(ProblemKind.UNAVAILABLE, again.kind());
    assertEquals(other.getMessage(), again.getMessage());
    Problem refused = new Problem(ProblemKind.STORE_FAILED, "refused");
    assertEquals(refused, assertThrows(Problem.class, () -> reembedding.notSwitched(refused)));
  }

  @Test
  void aProcessWithoutTheNewAddress_givesTheJobBack() {
    Problem problem =
        assertThrows(Problem.class, () -> reembedding.open(JobRun.unwatched(), SpaceList.NONE));
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertTrue(problem.getMessage().contains("NEXT_TEI_URL"), problem.getMessage());
  }

  @Test
  void aLookAtEverything_goesOnWhereItWas_andEndsAtNothing() {
    Migration migration = TestMigrations.migration();
    assertTrue(migration.lookedThrough());
    Portion portion = new Portion(List.of(new Document("_id", "a:b")), List.of(), 0);
    reembedding.swept(migration, portion, new PortionResult(1, 0));
    assertEquals("a:b", reembedding.everything(migration).from());
    assertEquals(false, migration.lookedThrough());
    reembedding.swept(migration, new Portion(List.of(), List.of(), 0), new PortionResult(0, 0));
    assertTrue(migration.lookedThrough());
  }

  @Test
  void theSample_isOfTheRowsThatCameLast_eachOnce() {
    List<Document> sample = reembedding.sample();
    reembedding.sampled(sample, List.of(new Document("_id", "b"), new Document("_id", "a")));
    reembedding.sampled(sample, List.of(new Document("_id", "a"), new Document("_id", "c")));
    assertEquals(3, sample.size());
    assertEquals(
        List.of(new Document("_id", -1), new Document("updated_at", -1)),
        reembedding.samplePipelines(TestMigrations.migration()).stream()
            .map(pipeline -> ((Document) pipeline.get(1)).get("$sort"))
            .toList());
  }

  @Test
  void retiring_goesOnAfterTheLastRow_andBeginsOnceMoreAtTheEnd() {
    Retiring retiring = new Retiring();
    assertEquals(
        "{\"_id\": {\"$gt\": \"a:b\"}, \"vectors.n-2\": {\"$exists\": true}}",
        ((Document) retiring.rowsPipeline(NEW, "a:b").get(0))
            .get("$match", Document.class)
            .toJson());
    assertEquals("c", retiring.last(List.of(new Document("_id", "a"), new Document("_id", "c"))));
    assertTrue(retiring.again(List.of(), "c"));
    assertEquals(false, retiring.again(List.of(), null));
  }

  @Test
  void anIndexThatSomebodyElseHasMade_isAsGood() {
    Exception there = new IllegalStateException("Duplicate Index");
    assertDoesNotThrow(
        () -> reembedding.indexRefused(TestMigrations.migration(), there, SpaceList.NONE));
  }

  @Test
  void behind_untilTheIndexKnowsTheSample() {
    Migration migration = TestMigrations.migration();
    List<Document> sample = List.of(new Document("_id", "a"), new Document("_id", "b"));
    assertEquals(
        List.of("a", "b"),
        ((Document) reembedding.indexedPipeline(migration, sample).get(0))
            .get("$vectorSearch", Document.class)
            .get("filter", Document.class)
            .get("_id", Document.class)
            .get("$in"));
    List<Document> both = List.of(new Document("rows", 2));
    assertEquals(false, reembedding.behind(migration, sample, both, 0, 0));
  }

  private static Document space(String id, String state) {
    return new Document("_id", id)
        .append("model_id", "acme/" + id)
        .append("pooling", "cls")
        .append("dimensions", 3)
        .append("query_instruction", "")
        .append("state", state);
  }

  @Test
  void verifying_comparesWithWhatTheEmbedderGivesNow() {
    Verifying verifying = new Verifying(TestMigrations.settings(0, 0));
    Migration migration = TestMigrations.migration();
    List<Document> sample =
        List.of(
            new Document("text", "a")
                .append(
                    "vectors",
                    new Document(NEW.id(), org.bson.BinaryVector.floatVector(new float[] {1, 0}))));
    assertEquals("n-2", verifying.texts(migration, sample).space());
    assertTrue(verifying.texts(migration, sample).anew());
    assertDoesNotThrow(() -> verifying.compare(migration, sample, List.of(vector(1, 0))));
    assertEquals("1 vectors are what the embedder gives now", migration.verified());
    Problem problem =
        assertThrows(
            Problem.class, () -> verifying.compare(migration, sample, List.of(vector(1, 1))));
    assertEquals(
        "of 1 vectors in space n-2 1 are not what the embedder gives for their texts now; the least"
            + " cosine is 0.7071. Retire the space and build it again",
        problem.getMessage());
  }

  private static org.hippocamel.embedding.Embedding vector(float... values) {
    return new org.hippocamel.embedding.Embedding(values, 1, null);
  }
}
