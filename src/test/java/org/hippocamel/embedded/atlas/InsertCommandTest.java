package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class InsertCommandTest extends AtlasFixture {
  @Test
  void insertOne_givesBackWhatWentIn() {
    Document document =
        new Document("_id", new ObjectId())
            .append("text", "Höhe \uD83D\uDC2B")
            .append("count", 3)
            .append("long", 1L << 40)
            .append("double", 0.5)
            .append("decimal", Decimal128.parse("1.10"))
            .append("yes", true)
            .append("date", new Date(5))
            .append("none", null)
            .append("list", List.of(1, "two", new Document("three", 3)))
            .append("bytes", new Binary(new byte[] {1, 2, 3}));
    collection.insertOne(document);
    assertEquals(document, collection.find().first());
  }

  @Test
  void insertOne_keepsVectors() {
    float[] vector = {1f, -2.5f, 3e-7f};
    collection.insertOne(new Document("v", BinaryVector.floatVector(vector)));
    BinaryVector back = collection.find().first().get("v", BinaryVector.class);
    assertArrayEquals(vector, back.asFloat32Vector().getData());
  }

  @Test
  void insert_refusesSecondDocumentWithSameId() {
    insert("_id: 1", "_id: 'a'");
    MongoWriteException refused =
        assertThrows(MongoWriteException.class, () -> insertOne("_id: 1.0"));
    assertEquals(11000, refused.getCode());
    assertEquals(
        "E11000 duplicate key error collection:"
            + " test.insert_refusesSecondDocumentWithSameId index: _id_ dup key: { _id: 1.0 }",
        refused.getError().getMessage());
  }

  private void insertOne(String document) {
    collection.insertOne(json(document));
  }

  @Test
  void insertMany_orderedStopsAtTheFirstRefusal() {
    MongoBulkWriteException refused =
        assertThrows(MongoBulkWriteException.class, () -> insert("_id: 1", "_id: 1", "_id: 2"));
    assertEquals(1, refused.getWriteErrors().get(0).getIndex());
    assertEquals(1, refused.getWriteResult().getInsertedCount());
    assertEquals(1, collection.countDocuments());
  }

  @Test
  void insertMany_unorderedGoesOn() {
    List<Document> documents = List.of(json("_id: 1"), json("_id: 1"), json("_id: 2"));
    InsertManyOptions unordered = new InsertManyOptions().ordered(false);
    assertThrows(MongoBulkWriteException.class, () -> collection.insertMany(documents, unordered));
    assertEquals(List.of(1, 2), ids(""));
  }

  @Test
  void insertMany_takesMoreThanOneMessage() {
    String megabyte = "x".repeat(1 << 20);
    List<InsertOneModel<Document>> models =
        IntStream.range(0, 60)
            .mapToObj(i -> new InsertOneModel<>(new Document("_id", i).append("t", megabyte)))
            .toList();
    collection.bulkWrite(models, new BulkWriteOptions().ordered(false));
    assertEquals(60, collection.countDocuments());
  }

  @Test
  void insert_refusesIdsThatAreNoIds() {
    refuses(53, "The '_id' value cannot be of type array", () -> insertOne("_id: [1]"));
  }

  @Test
  void insert_ownGenerationWhenIdIsMissing() {
    command("{insert: 'insert_ownGenerationWhenIdIsMissing', documents: [{a: 1}]}");
    Document stored = collection.find().first();
    assertTrue(stored.get("_id") instanceof ObjectId);
    assertEquals("_id", stored.keySet().iterator().next());
  }
}
