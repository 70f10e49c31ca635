package org.hippocamel.embedded.atlas.search;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexCommandsTest extends SearchFixture {
  @BeforeEach
  void openIndexes() {
    open(50_000);
  }

  @Test
  void create_ofTheSameDefinitionGivesTheSameId() {
    String id = create("vi", "vectorSearch", vectors(2, "cosine"));
    assertEquals(id, indexes.create(NS, "vi", "vectorSearch", json(vectors(2, "cosine"))));
    assertEquals(1, indexes.list(NS, null, null).size());
  }

  @Test
  void create_ofAnotherDefinitionIsRefused() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    SearchException e =
        assertThrows(
            SearchException.class,
            () -> indexes.create(NS, "vi", "vectorSearch", json(vectors(3, "cosine"))));
    assertEquals(68, e.code());
    assertEquals("IndexAlreadyExists", e.codeName());
  }

  @Test
  void create_isRefusedAsAtlasDoes_whenThereAreAsManyAsMayBe() throws IOException {
    indexes.close();
    indexes = new SearchIndexes(directory, source, 50_000, java.time.Duration.ZERO, 1);
    create("vi", "vectorSearch", vectors(2, "cosine"));
    SearchException e =
        assertThrows(
            SearchException.class,
            () -> indexes.create(NS, "other", "vectorSearch", json(vectors(3, "cosine"))));
    assertEquals("IllegalOperation", e.codeName());
    assertEquals(
        "The maximum number of FTS indexes has been reached for this instance size.",
        e.getMessage());
    indexes.drop(NS, "vi");
    create("other", "vectorSearch", vectors(3, "cosine"));
  }

  @Test
  void create_keepsCollectionsApart() {
    String id = create("vi", "vectorSearch", vectors(2, "cosine"));
    assertNotEquals(
        id, indexes.create("test.other", "vi", "vectorSearch", json(vectors(3, "cosine"))));
    put("{'_id': 1, 'v': [1, 0]}");
    indexes.committed(source.put("test.other", json("{'_id': 2, 'v': [1, 0, 0]}")));
    assertEquals(List.of("1"), ids(indexes.vectorSearch(NS, stage(new float[] {1, 0}, 9, 0))));
  }

  @Test
  void create_indexesTheDocumentsThereAre() {
    put("{'_id': 1, 'v': [1, 0], 'text': 'camel'}");
    create("vi", "vectorSearch", vectors(2, "cosine"));
    create("default", null, "{'mappings': {'dynamic': true}}");
    assertEquals(1, indexes.vectorSearch(NS, stage(new float[] {1, 0}, 9, 0)).size());
    assertEquals(1, search("{'text': {'query': 'camel', 'path': 'text'}}").size());
  }

  @Test
  void list_givesTheRowsOfListSearchIndexes() {
    String id = create("vi", "vectorSearch", vectors(2, "cosine"));
    create("default", null, "{'mappings': {'dynamic': true}}");
    assertEquals(2, indexes.list(NS, null, null).size());
    assertEquals(0, indexes.list("test.none", null, null).size());
    assertEquals("default", indexes.list(NS, "default", null).get(0).getString("name").getValue());
    BsonDocument row = indexes.list(NS, null, id).get(0);
    assertEquals("vectorSearch", row.getString("type").getValue());
    assertEquals("READY", row.getString("status").getValue());
    assertTrue(row.getBoolean("queryable").getValue());
    assertEquals(0, row.getInt64("latestVersion").getValue());
    assertEquals(json(vectors(2, "cosine")), row.getDocument("latestDefinition"));
    assertEquals(0, row.getDocument("latestDefinitionVersion").getInt64("version").getValue());
    assertTrue(row.getArray("statusDetail").get(0).asDocument().getBoolean("queryable").getValue());
  }

  @Test
  void update_servesTheNewDefinition() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    put("{'_id': 1, 'v': [1, 0], 't': 'a'}");
    indexes.update(NS, "vi", json(vectors(2, "cosine", "t")));
    await().until(() -> row("vi").getString("status").getValue().equals("READY"));
    assertEquals(1, row("vi").getInt64("latestVersion").getValue());
    var stage = stage(new float[] {1, 0}, 1, 0).append("filter", json("{'t': 'a'}"));
    assertEquals(1, indexes.vectorSearch(NS, stage).size());
  }

  @Test
  void update_servesTheOldDefinitionMeanwhile() {
    for (int i = 0; i < 3000; i++) {
      put("{'_id': " + i + ", 'v': [1, 0]}");
    }
    create("vi", "vectorSearch", vectors(2, "cosine"));
    indexes.update(NS, "vi", json(vectors(2, "dotProduct")));
    for (boolean ready = false; !ready; ) {
      ready = row("vi").getString("status").getValue().equals("READY");
      assertTrue(row("vi").getBoolean("queryable").getValue());
      assertEquals(3, indexes.vectorSearch(NS, stage(new float[] {1, 0}, 3, 10)).size());
    }
  }

  @Test
  void update_acceptsTheId() {
    String id = create("vi", "vectorSearch", vectors(2, "cosine"));
    indexes.update(NS, id, json(vectors(2, "euclidean")));
    awaitReady("vi");
    assertEquals(json(vectors(2, "euclidean")), row("vi").getDocument("latestDefinition"));
  }

  @Test
  void unknownIndex_isRefused() {
    for (Runnable command :
        List.<Runnable>of(
            () -> indexes.update(NS, "none", json(vectors(2, "cosine"))),
            () -> indexes.drop(NS, "none"))) {
      SearchException e = assertThrows(SearchException.class, command::run);
      assertEquals(27, e.code());
      assertEquals("IndexNotFound", e.codeName());
    }
  }

  @Test
  void drop_leavesNothing() throws IOException {
    String id = create("vi", "vectorSearch", vectors(2, "cosine"));
    create("default", null, "{'mappings': {'dynamic': true}}");
    put("{'_id': 1, 'v': [1, 0]}");
    indexes.drop(NS, id);
    assertEquals(List.of(), indexes.vectorSearch(NS, stage(new float[] {1, 0}, 9, 0)));
    indexes.dropAll(NS);
    assertEquals(List.of(), indexes.list(NS, null, null));
    await()
        .untilAsserted(
            () -> {
              try (Stream<java.nio.file.Path> files = Files.list(directory)) {
                assertEquals(
                    List.of("indexes.bson"), files.map(f -> f.getFileName().toString()).toList());
              }
            });
    assertFalse(reopen(50_000).list(NS, null, null).iterator().hasNext());
  }

  @Test
  void wrongType_isRefused() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    create("default", null, "{'mappings': {'dynamic': true}}");
    SearchException e =
        assertThrows(
            SearchException.class,
            () -> search("{'index': 'vi', 'text': {'query': 'a', 'path': 'b'}}"));
    assertTrue(e.getMessage().endsWith("over vectorSearch index 'vi'"));
    SearchException vector =
        assertThrows(
            SearchException.class,
            () ->
                nearest(
                    "{'index': 'default', 'path': 'v', 'queryVector': [1], 'limit': 1,"
                        + " 'exact': true}"));
    assertTrue(vector.getMessage().endsWith("v is not indexed as vector"));
  }
}
