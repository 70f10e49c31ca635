package org.hippocamel.embedded.atlas.search;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.SearchIndexModel;
import com.mongodb.client.model.SearchIndexType;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class SearchIndexCommandTest extends DriverFixture {
  private static final Document TWO =
      Document.parse(SearchFixture.vectors(2, "cosine").replace('\'', '"'));
  private static final Document THREE =
      Document.parse(SearchFixture.vectors(3, "cosine").replace('\'', '"'));

  private static SearchIndexModel model(String name, Document definition) {
    return new SearchIndexModel(name, definition, SearchIndexType.vectorSearch());
  }

  @Test
  void create_makesSeveralIndexes() {
    Document lexical = Document.parse("{mappings: {dynamic: true}}");
    assertEquals(
        List.of("vi", "lexical"),
        memories.createSearchIndexes(
            List.of(
                model("vi", TWO),
                new SearchIndexModel("lexical", lexical, SearchIndexType.search()))));
    assertEquals(2, memories.listSearchIndexes().into(new ArrayList<>()).size());
    assertEquals("search", listed("lexical").get(0).getString("type"));
  }

  @Test
  void create_takesTheDefaultName() {
    assertEquals(
        "default", memories.createSearchIndex(Document.parse("{mappings: {dynamic: true}}")));
    assertEquals("search", listed("default").get(0).getString("type"));
  }

  @Test
  void create_ofTheSameAgainChangesNothing() {
    memories.createSearchIndexes(List.of(model("vi", TWO)));
    Object id = listed("vi").get(0).get("id");
    memories.createSearchIndexes(List.of(model("vi", TWO)));
    assertEquals(id, listed("vi").get(0).get("id"));
    refused(
        68,
        "already exists with a different definition",
        () -> memories.createSearchIndexes(List.of(model("vi", THREE))));
  }

  @Test
  void create_refusesADefinitionWithItsReason() {
    Document bad = Document.parse("{fields: [{type: 'vector', path: 'v', numDimensions: 0}]}");
    refused(
        2,
        "\"fields[0].numDimensions\" must be between 1 and 8192 but is 0",
        () -> memories.createSearchIndexes(List.of(model("vi", bad))));
    refused(2, "Attribute mappings missing", () -> memories.createSearchIndex("vi", TWO));
    assertEquals(List.of(), listed("vi"));
  }

  @Test
  void create_needsTheCollection() {
    memories.drop();
    refused(26, "", () -> memories.createSearchIndexes(List.of(model("vi", TWO))));
  }

  @Test
  void list_givesWhatTheDriverPollsFor() {
    vectorIndex(2);
    Document row = listed("vi").get(0);
    assertNotNull(row.getString("id"));
    assertEquals("vectorSearch", row.getString("type"));
    assertEquals("READY", row.getString("status"));
    assertTrue(row.getBoolean("queryable"));
    assertEquals(TWO, row.get("latestDefinition", Document.class));
    assertEquals(List.of(), listed("other"));
  }

  @Test
  void update_replacesTheDefinition() {
    vectorIndex(2);
    memories.updateSearchIndex("vi", THREE);
    await().until(() -> listed("vi").get(0).getString("status").equals("READY"));
    assertEquals(THREE, listed("vi").get(0).get("latestDefinition", Document.class));
    refused(27, "none", () -> memories.updateSearchIndex("none", THREE));
  }

  @Test
  void drop_removesTheIndex() {
    vectorIndex(2);
    memories.dropSearchIndex("vi");
    assertEquals(List.of(), listed("vi"));
    refused(27, "vi", () -> memories.dropSearchIndex("vi"));
  }

  @Test
  void dropOfTheCollection_dropsItsIndexes() {
    vectorIndex(2);
    memories.drop();
    memories.insertOne(memory(1, 1, 0));
    assertEquals(List.of(), memories.listSearchIndexes().into(new ArrayList<>()));
  }

  @Test
  void restart_keepsIdsAndDefinitions() {
    vectorIndex(2);
    Document before = listed("vi").get(0);
    restart();
    await().until(() -> listed("vi").get(0).getString("status").equals("READY"));
    assertEquals(before.get("id"), listed("vi").get(0).get("id"));
    assertEquals(before.get("latestDefinition"), listed("vi").get(0).get("latestDefinition"));
  }
}
