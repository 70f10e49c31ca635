package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class CursorTest extends AtlasFixture {
  private void fill(int count, String text) {
    List<Document> documents =
        IntStream.range(0, count).mapToObj(i -> new Document("_id", i).append("t", text)).toList();
    collection.insertMany(documents);
  }

  @Test
  void find_deliversEverythingInBatches() {
    fill(1234, "x");
    List<Object> ids =
        collection
            .find()
            .batchSize(100)
            .map(document -> document.get("_id"))
            .into(new ArrayList<>());
    assertEquals(IntStream.range(0, 1234).boxed().toList(), ids);
    assertEquals(
        1234, collection.aggregate(List.of(json("$match: {}"))).into(new ArrayList<>()).size());
    assertEquals(150, collection.find().batchSize(40).limit(150).into(new ArrayList<>()).size());
  }

  @Test
  void find_staysUnderTheSizeOfAReply() {
    fill(40, "y".repeat(1 << 20));
    assertEquals(40, collection.find().into(new ArrayList<>()).size());
    assertEquals(
        40,
        collection
            .find()
            .sort(Sorts.descending("_id"))
            .batchSize(1000)
            .into(new ArrayList<>())
            .size());
  }

  @Test
  void cursor_goesOnWhileDocumentsComeAndGo() {
    fill(600, "x");
    try (MongoCursor<Document> cursor = collection.find().batchSize(50).iterator()) {
      for (int i = 0; i < 100; i++) {
        assertEquals(i, cursor.next().get("_id"));
      }
      collection.deleteMany(Filters.and(Filters.gte("_id", 100), Filters.lt("_id", 590)));
      int left = 0;
      int last = 0;
      while (cursor.hasNext()) {
        last = cursor.next().getInteger("_id");
        left++;
      }
      assertEquals(599, last);
      assertTrue(left >= 10);
    }
  }

  @Test
  void cursor_closedEarlyIsForgotten() {
    fill(300, "x");
    long id;
    try (MongoCursor<Document> cursor = collection.find().batchSize(10).iterator()) {
      cursor.next();
      id = cursor.getServerCursor().getId();
      assertNotNull(cursor.getServerAddress());
    }
    refuses(
        43,
        "cursor id " + id + " not found",
        () -> command("{getMore: {$numberLong: '%d'}, collection: 'c'}".formatted(id)));
  }

  @Test
  void cursor_belongsToItsCollection() {
    fill(300, "x");
    try (MongoCursor<Document> cursor = collection.find().batchSize(10).iterator()) {
      long id = cursor.getServerCursor().getId();
      refuses(
          13,
          "but cursor belongs to a different namespace",
          () -> command("{getMore: {$numberLong: '%d'}, collection: 'c'}".formatted(id)));
    }
  }

  @Test
  void cursor_ofADroppedCollectionEnds() {
    fill(3000, "x");
    try (MongoCursor<Document> cursor = collection.find().batchSize(10).iterator()) {
      cursor.next();
      collection.drop();
      int more = 0;
      while (cursor.hasNext()) {
        cursor.next();
        more++;
      }
      assertTrue(more < 3000);
    }
  }
}
