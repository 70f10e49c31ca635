package org.hippocamel.memory;

import static org.hippocamel.memory.Drafts.passage;
import static org.hippocamel.memory.Drafts.said;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.Float32BinaryVector;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.types.Binary;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.memory.Remembered.Item;
import org.hippocamel.memory.Remembered.Status;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;

class RememberingTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Date TODAY = Date.from(NOW);
  private static final Problem REFUSAL = new Problem(ProblemKind.EMBEDDER_FAILED, "answered 422");

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Keying KEYING = (id, draft) -> List.of("id:" + id);

  private final Remembering remembering =
      new Remembering(
          TestSpaces.active(TestSpaces.small()),
          KEYING,
          Clock.fixed(NOW, ZoneOffset.UTC),
          PATIENCE);

  @Test
  void plan_waitsForStartUp() {
    Remembering early = new Remembering(new ActiveSpace(), KEYING, Clock.systemUTC(), PATIENCE);
    Problem problem = assertThrows(Problem.class, () -> early.plan(request(said("a"))));
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertEquals(
        "still starting: the embedder and the store are being checked", problem.getMessage());
  }

  @Test
  void plan_makesOneRowOfDraftsThatNameTheSame_theLastOneWins() {
    Writes writes = plan(said("x", "old", Map.of()), said("other"), said("x", "new", Map.of()));
    assertEquals(3, writes.keys().size());
    assertEquals(2, writes.rows().size());
    assertEquals("new", writes.rows().get("acme:x").draft().text());
    assertEquals(List.of("new", "other"), remembering.texts(writes).texts());
  }

  @Test
  void knownPipeline_asksForTheRowsWithoutTheirTextsOrVectors() {
    Writes writes = plan(said("x", "text", Map.of()));
    assertEquals(
        "[{'$match': {'_id': {'$in': ['acme:x']}}}, {'$project': {'hash': 1, 'digest': 1,"
            + " 'version': '$source.version', 'truncated': 1, 'embedded_m-3':"
            + " {'$ne': [{'$ifNull': ['$vectors.m-3', false]}, false]}}}]",
        json(remembering.knownPipeline(List.of(writes))));
  }

  @Test
  void twinsPipeline_looksInTheTenantAlone() {
    Writes writes = plan(said("text"));
    String hash = writes.rows().values().iterator().next().hash();
    assertEquals(
        "[{'$match': {'hash': {'$in': ['"
            + hash
            + "']}, 'tenant': {'$in': ['acme']}}},"
            + " {'$group': {'_id': {'tenant': '$tenant', 'hash': '$hash'},"
            + " 'vector_m-3': {'$max': '$vectors.m-3'},"
            + " 'truncated_m-3': {'$max': '$truncated.m-3'}}}]",
        json(remembering.twinsPipeline(List.of(writes))));
  }

  @Test
  void texts_areAskedOnce_howeverOftenTheyStandInTheRequest() {
    Writes writes =
        plan(said("1", "same", Map.of()), said("2", "same", Map.of()), said("3", "o", Map.of()));
    assertEquals(List.of("same", "o"), remembering.texts(writes).texts());
    assertEquals(Lane.QUERY, remembering.texts(writes).lane());
    writes = remembering.withVectors(writes, List.of(vector(1, 2, 3), vector(4, 5, 6)));
    assertEquals(3, models(writes).size());
    assertArrayEquals(new float[] {1, 2, 3}, stored(writes, 0));
    assertArrayEquals(new float[] {1, 2, 3}, stored(writes, 1));
    assertArrayEquals(new float[] {4, 5, 6}, stored(writes, 2));
  }

  @Test
  void texts_holdTheHeadingsAboveAPassage() {
    assertEquals(
        List.of("Setup > Ports\nSet it to 8080."),
        remembering.texts(plan(passage("v1", "Setup > Ports", "Set it to 8080."))).texts());
  }

  @Test
  void models_holdANewRow() {
    Writes writes = embedded(plan(said("x", "text", Map.of("topic", "a", "since", NOW))));
    Document update = update(writes, 0);
    assertEquals(Set.of("$set", "$setOnInsert", "$unset"), update.keySet());
    Document set = update.get("$set", Document.class);
    Document vectors = (Document) set.remove("vectors");
    assertEquals(Set.of("m-3"), vectors.keySet());
    Write write = writes.rows().get("acme:x");
    assertEquals(
        new Document("tenant", "acme")
            .append("kind", "interaction")
            .append("agent_id", "agent")
            .append("text", "text")
            .append("metadata", new Document("since", TODAY).append("topic", "a"))
            .append("keys", List.of("id:x"))
            .append("hash", write.hash())
            .append("digest", write.digest())
            .append("updated_at", TODAY),
        set);
    assertEquals(
        new Document("created_at", TODAY).append("occurred_at", TODAY), update.get("$setOnInsert"));
    assertEquals(
        new Document("session_id", "")
            .append("expires_at", "")
            .append("source", "")
            .append("seq", "")
            .append("refused", "")
            .append("truncated", ""),
        update.get("$unset"));
    assertEquals(new Document("_id", "acme:x"), model(writes, 0).getFilter());
    assertEquals(true, model(writes, 0).getOptions().isUpsert());
  }

  @Test
  void models_keepWhatTheCallerSaid() {
    Instant then = Instant.parse("2025-01-01T00:00:00Z");
    Draft draft =
        new Draft(
            Kind.INTERACTION, "x", "a", "s", "t", Map.of(), then, NOW, List.of(), null, null, 3);
    Document update = update(embedded(plan(draft)), 0);
    Document set = update.get("$set", Document.class);
    assertEquals("s", set.get("session_id"));
    assertEquals(Date.from(then), set.get("occurred_at"));
    assertEquals(TODAY, set.get("expires_at"));
    assertEquals(3, set.get("seq"));
    assertEquals(List.of("id:x"), set.get("keys"));
    assertEquals(new Document("created_at", TODAY), update.get("$setOnInsert"));
    assertEquals(
        new Document("source", "").append("refused", "").append("truncated", ""),
        update.get("$unset"));
  }

  @Test
  void models_holdTheSourceOfAPassage() {
    Document set = update(embedded(plan(passage("v1", "H", "t"))), 0).get("$set", Document.class);
    assertEquals(
        new Document("id", "src")
            .append("uri", "a.md")
            .append("title", "A")
            .append("heading", "H")
            .append("version", "v1")
            .append("record", 0L)
            .append("chunk", 1)
            .append("chunks", 2),
        set.get("source"));
    assertEquals(List.of("id:src-0-1"), set.get("keys"));
    assertEquals("t", set.get("text"));
  }

  @Test
  void theSameAgain_isUnchangedAndWritesNothing() {
    Writes writes = known(plan(said("x", "text", Map.of())), "text", Map.of(), true);
    assertEquals(List.of(), remembering.texts(writes).texts());
    assertEquals(List.of(), models(writes));
    assertEquals(List.of(new Item("x", Status.UNCHANGED, null)), items(writes));
  }

  @Test
  void newMetadata_isStoredWithTheVectorThatIsThere() {
    Writes writes = known(plan(said("x", "text", Map.of("a", 2L))), "text", Map.of("a", 1L), true);
    Binary stored = new Binary(new byte[1]);
    String hash = writes.rows().get("acme:x").hash();
    writes = withTwins(writes, twin("acme", hash, stored));
    assertEquals(List.of(), remembering.texts(writes).texts());
    Document set = update(writes, 0).get("$set", Document.class);
    assertEquals(stored, set.get("vectors", Document.class).get("m-3"));
    assertEquals("text", set.get("text"));
    assertEquals(List.of(new Item("x", Status.UPDATED, null)), items(writes));
  }

  @Test
  void aNewText_isEmbeddedAndReplacesTheVectorsOfEverySpace() {
    Writes writes = known(plan(said("x", "new", Map.of())), "old", Map.of(), true);
    assertEquals(List.of("new"), remembering.texts(writes).texts());
    writes = embedded(writes);
    Document set = update(writes, 0).get("$set", Document.class);
    assertEquals(Set.of("m-3"), set.get("vectors", Document.class).keySet());
    assertEquals(List.of(new Item("x", Status.UPDATED, null)), items(writes));
  }

  @Test
  void aRowWithoutVectorInThisSpace_isEmbedded() {
    Writes writes = known(plan(said("x", "text", Map.of())), "text", Map.of(), false);
    assertEquals(List.of("text"), remembering.texts(writes).texts());
  }

  @Test
  void aNewVersionWithTheSamePassage_isUnchangedAndTouchesTheVersionAlone() {
    Writes writes = plan(passage("v2", "H", "t"));
    Write before = Write.of("acme", passage("v1", "H", "t"), KEYING, "m-3");
    writes =
        withKnown(
            writes,
            row(before.key(), before.hash(), before.digest(), true).append("version", "v1"));
    assertEquals(new Document("$set", new Document("source.version", "v2")), update(writes, 0));
    assertFalse(model(writes, 0).getOptions().isUpsert());
    assertEquals(List.of(new Item("src-0-1", Status.UNCHANGED, null)), items(writes));
  }

  /** As it is with rows of before there were entities, or of before the dictionary grew. */
  @Test
  void otherKeysThanBefore_areWritten_withTheVectorThatIsThere() {
    Write before = Write.of("acme", said("x", "text", Map.of()), Keying.NONE, "m-3");
    Writes writes =
        withKnown(
            plan(said("x", "text", Map.of())),
            row(before.key(), before.hash(), before.digest(), true));
    Binary stored = new Binary((byte) 9, new byte[] {39, 0, 0, 0, 0, 0});
    writes = withTwins(writes, twin("acme", before.hash(), stored));
    assertEquals(List.of(), remembering.texts(writes).texts());
    writes = remembering.withVectors(writes, List.of());
    Document set = update(writes, 0).get("$set", Document.class);
    assertEquals(List.of("id:x"), set.get("keys"));
    assertEquals(List.of(new Item("x", Status.UPDATED, null)), items(writes));
  }

  @Test
  void theSameVersionOfAPassage_writesNothing() {
    Write before = Write.of("acme", passage("v1", "H", "t"), KEYING, "m-3");
    Writes writes =
        withKnown(
            plan(passage("v1", "H", "t")),
            row(before.key(), before.hash(), before.digest(), true).append("version", "v1"));
    assertEquals(List.of(), models(writes));
  }

  @Test
  void aTwin_lendsItsVectorToANewRow() {
    Writes writes = plan(said("new", "text", Map.of()), said("o", "other", Map.of()));
    Binary stored = new Binary((byte) 9, new byte[] {39, 0, 0, 0, 0, 0});
    String hash = writes.rows().get("acme:new").hash();
    writes = withTwins(writes, twin("acme", hash, stored));
    assertEquals(List.of("other"), remembering.texts(writes).texts());
    writes = remembering.withVectors(writes, List.of(vector(1, 2, 3)));
    assertArrayEquals(new float[] {0}, stored(writes, 0));
    assertArrayEquals(new float[] {1, 2, 3}, stored(writes, 1));
  }

  @Test
  void newMetadata_isEmbeddedAgain_whenTheRowWentAwayMeanwhile() {
    Writes writes = known(plan(said("x", "text", Map.of("a", 2L))), "text", Map.of("a", 1L), true);
    writes = withTwins(writes);
    assertEquals(List.of("text"), remembering.texts(writes).texts());
  }

  @Test
  void aTextThatWasCut_isMarkedInItsSpace_andTold() {
    Writes writes = plan(said("x", "long", Map.of()), said("y", "short", Map.of()));
    writes = remembering.withVectors(writes, List.of(cut(1, 2, 3), vector(4, 5, 6)));
    Document set = update(writes, 0).get("$set", Document.class);
    assertEquals(new Document("m-3", true), set.get("truncated"));
    assertFalse(update(writes, 0).get("$unset", Document.class).containsKey("truncated"));
    assertEquals("", update(writes, 1).get("$unset", Document.class).get("truncated"));
    assertEquals(
        List.of(
            new Item("x", Status.CREATED, true, null), new Item("y", Status.CREATED, false, null)),
        items(writes));
  }

  @Test
  void aRepetitionOfATextThatWasCut_isToldAsWell() {
    Write before = Write.of("acme", said("x", "text", Map.of()), KEYING, "m-3");
    Document row = row(before.key(), before.hash(), before.digest(), true);
    Writes writes = plan(said("x", "text", Map.of()));
    writes = withKnown(writes, row.append("truncated", new Document("m-3", true)));
    assertEquals(List.of(new Item("x", Status.UNCHANGED, true, null)), items(writes));
  }

  @Test
  void aNewTextInTheRowOfOneThatWasCut_isNotToldAsCut() {
    Write before = Write.of("acme", said("x", "old", Map.of()), KEYING, "m-3");
    Document row = row(before.key(), before.hash(), before.digest(), true);
    Writes writes = plan(said("x", "new", Map.of()));
    writes = embedded(withKnown(writes, row.append("truncated", new Document("m-3", true))));
    assertEquals("", update(writes, 0).get("$unset", Document.class).get("truncated"));
    assertEquals(List.of(new Item("x", Status.UPDATED, false, null)), items(writes));
  }

  @Test
  void aTwin_lendsTheMarkWithTheVector() {
    Writes writes = plan(said("new", "text", Map.of()), said("o", "other", Map.of()));
    Binary vector = new Binary(new byte[1]);
    Document twin = twin("acme", writes.rows().get("acme:new").hash(), vector);
    Document other = twin("acme", writes.rows().get("acme:o").hash(), vector);
    writes =
        withTwins(writes, twin.append("truncated_m-3", true), other.append("truncated_m-3", null));
    Document set = update(writes, 0).get("$set", Document.class);
    assertEquals(new Document("m-3", true), set.get("truncated"));
    assertEquals(List.of(true, false), items(writes).stream().map(Item::truncated).toList());
  }

  @Test
  void texts_ofPassagesAreMeasured_othersAreNot() {
    assertTrue(remembering.texts(plan(passage("v1", "H", "t"))).measured());
    assertFalse(remembering.texts(plan(said("t"))).measured());
    assertFalse(remembering.texts(plan(passage("v1", "H", "t"), said("t"))).measured());
  }

  @Test
  void aRefusedText_isNotStoredAndCostsNobodyElse() {
    Writes writes = plan(said("bad", "bad", Map.of()), said("good", "good", Map.of()));
    writes =
        remembering.withVectors(writes, List.of(new Embedding(null, 0, REFUSAL), vector(1, 2, 3)));
    assertEquals(1, models(writes).size());
    assertEquals(
        List.of(new Item("bad", Status.REFUSED, REFUSAL), new Item("good", Status.CREATED, null)),
        items(writes));
  }

  @Test
  void aVectorOfAnotherDimension_isRefused() {
    Writes writes = remembering.withVectors(plan(said("x", "t", Map.of())), List.of(vector(1, 2)));
    assertEquals(List.of(), models(writes));
    Problem refusal = items(writes).get(0).refusal();
    assertEquals(ProblemKind.EMBEDDER_FAILED, refusal.kind());
    assertEquals(
        "the embedder answered with 2 dimensions, the active space m-3 has 3",
        refusal.getMessage());
  }

  @Test
  void results_standInTheOrderOfTheRequest_duplicatesIncluded() {
    Writes writes =
        plan(said("b", "1", Map.of()), said("a", "2", Map.of()), said("b", "3", Map.of()));
    Remembered done = remembering.results(embedded(writes));
    assertEquals(List.of("b", "a", "b"), done.items().stream().map(Item::id).toList());
    assertEquals(3, done.count(Status.CREATED));
  }

  @Test
  void withTwins_handsAVectorToItsTenantAlone() {
    Writes acme = plan(said("a", "text", Map.of()));
    Writes other =
        remembering.plan(
            new RememberRequest("other", Lane.QUERY, List.of(said("a", "text", Map.of()))));
    String hash = acme.rows().get("acme:a").hash();
    List<Writes> asked = List.of(acme, other);
    assertEquals(
        "['acme:a', 'other:a']",
        json(remembering.knownPipeline(asked)).replaceAll(".*\\$in': (\\[.*?\\]).*", "$1"));
    Binary stored = new Binary((byte) 9, new byte[] {39, 0, 0, 0, 0, 0});
    List<Writes> found = remembering.withTwins(asked, List.of(twin("acme", hash, stored)));
    assertFalse(remembering.unembedded(List.of(found.get(0))));
    assertEquals(List.of("text"), remembering.texts(found.get(1)).texts());
  }

  @Test
  void withOutcomes_believesTheStoreMoreThanTheLookUp() {
    Writes writes =
        embedded(
            plan(said("new", "1", Map.of()), said("x", "2", Map.of()), said("bad", "3", Map.of())));
    Problem refusal = new Problem(ProblemKind.STORE_FAILED, "no");
    writes = remembering.withUpserts(writes);
    assertEquals(3, remembering.upserts(writes).size());
    writes =
        remembering.withOutcomes(
            writes,
            List.of(
                new Outcome(true, null), new Outcome(false, null), new Outcome(false, refusal)));
    assertEquals(
        List.of(
            new Item("new", Status.CREATED, null),
            new Item("x", Status.UPDATED, null),
            new Item("bad", Status.REFUSED, refusal)),
        items(writes));
    writes = embedded(known(plan(said("x", "new", Map.of())), "old", Map.of(), true));
    writes =
        remembering.withOutcomes(remembering.withUpserts(writes), List.of(new Outcome(true, null)));
    assertEquals(List.of(new Item("x", Status.CREATED, null)), items(writes));
  }

  @Test
  void withUpserts_refusesWhatMongoWouldNotTake() {
    String large = "x".repeat(17 * 1024 * 1024);
    Writes writes = embedded(plan(said("large", large, Map.of()), said("small", "s", Map.of())));
    writes = remembering.withUpserts(writes);
    assertEquals(1, remembering.upserts(writes).size());
    Problem refusal = items(writes).get(0).refusal();
    assertEquals(ProblemKind.TOO_LARGE, refusal.kind());
    assertEquals(null, items(writes).get(1).refusal());
  }

  private static RememberRequest request(Draft... drafts) {
    return new RememberRequest("acme", Lane.QUERY, Arrays.asList(drafts));
  }

  private Writes plan(Draft... drafts) {
    return remembering.plan(request(drafts));
  }

  /** As if the row x had been stored before with this text and metadata. */
  private Writes known(Writes writes, String text, Map<String, Object> metadata, boolean embedded) {
    Write before = Write.of("acme", said("x", text, metadata), KEYING, "m-3");
    return withKnown(writes, row(before.key(), before.hash(), before.digest(), embedded));
  }

  private static Document row(String key, String hash, String digest, boolean embedded) {
    return new Document("_id", key)
        .append("hash", hash)
        .append("digest", digest)
        .append("embedded_m-3", embedded);
  }

  private Writes embedded(Writes writes) {
    return remembering.withVectors(
        writes, remembering.texts(writes).texts().stream().map(t -> vector(1, 2, 3)).toList());
  }

  private List<Item> items(Writes writes) {
    return remembering.results(writes).items();
  }

  private Writes withKnown(Writes writes, Document... found) {
    return remembering.withKnown(List.of(writes), List.of(found)).get(0);
  }

  private Writes withTwins(Writes writes, Document... found) {
    return remembering.withTwins(List.of(writes), List.of(found)).get(0);
  }

  private static Document twin(String tenant, String hash, Binary vector) {
    return new Document("_id", new Document("tenant", tenant).append("hash", hash))
        .append("vector_m-3", vector);
  }

  private List<WriteModel<Document>> models(Writes writes) {
    return remembering.upserts(remembering.withUpserts(writes)).rows().stream()
        .<WriteModel<Document>>map(Upsert::model)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private UpdateOneModel<Document> model(Writes writes, int index) {
    return assertInstanceOf(UpdateOneModel.class, models(writes).get(index));
  }

  private Document update(Writes writes, int index) {
    assertNull(model(writes, index).getUpdatePipeline());
    return ((RawBsonDocument) model(writes, index).getUpdate()).decode(new DocumentCodec());
  }

  private float[] stored(Writes writes, int index) {
    Document vectors =
        update(writes, index).get("$set", Document.class).get("vectors", Document.class);
    return vectors.get("m-3", Float32BinaryVector.class).getData();
  }

  private static Embedding vector(float... values) {
    return new Embedding(values, 1, null);
  }

  private static Embedding cut(float... values) {
    return new Embedding(values, 1, Embedding.Cut.YES, null);
  }

  private static String json(List<?> pipeline) {
    return pipeline.stream()
        .map(stage -> ((Document) stage).toJson().replace('"', '\''))
        .toList()
        .toString();
  }
}
