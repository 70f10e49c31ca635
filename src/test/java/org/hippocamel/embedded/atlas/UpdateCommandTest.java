package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import java.util.List;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateCommandTest extends AtlasFixture {
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private Document after(String update) {
    collection.updateOne(json("_id: 1"), json(update));
    return collection.find(json("_id: 1")).first();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {_id: 1}                 | {$set: {'a.b': 1}}                    | {_id: 1, a: {b: 1}}
          {_id: 1, a: {b: 1, c: 2}}| {$set: {'a.b': 3}}                    | {_id: 1, a: {b: 3, c: 2}}
          {_id: 1, a: [1, 2]}      | {$set: {'a.3': 4}}                    | {_id: 1, a: [1, 2, null, 4]}
          {_id: 1, a: [{b: 1}]}    | {$set: {'a.0.b': 2}}                  | {_id: 1, a: [{b: 2}]}
          {_id: 1, a: 1}           | {$setOnInsert: {a: 2}}                | {_id: 1, a: 1}
          {_id: 1, a: 1, b: 2}     | {$unset: {a: ''}}                     | {_id: 1, b: 2}
          {_id: 1, a: {b: 2}}      | {$unset: {'a.b': ''}}                 | {_id: 1, a: {}}
          {_id: 1, a: [1, 2]}      | {$unset: {'a.0': ''}}                 | {_id: 1, a: [null, 2]}
          {_id: 1, n: 2}           | {$inc: {n: 3, m: -1}}                 | {_id: 1, n: 5, m: -1}
          {_id: 1, n: 2}           | {$inc: {n: 0.5}}                      | {_id: 1, n: 2.5}
          {_id: 1, n: 2147483647}  | {$inc: {n: 1}}                        | {_id: 1, n: 2147483648}
          {_id: 1}                 | {$push: {a: 1}}                       | {_id: 1, a: [1]}
          {_id: 1, a: [1]}         | {$push: {a: {$each: [2, 1]}}}         | {_id: 1, a: [1, 2, 1]}
          {_id: 1, a: [1]}         | {$push: {a: [2]}}                     | {_id: 1, a: [1, [2]]}
          {_id: 1, a: [1]}         | {$addToSet: {a: {$each: [2, 1.0, 2]}}} | {_id: 1, a: [1, 2]}
          {_id: 1, a: [1, 2, 3]}   | {$pull: {a: 2}}                       | {_id: 1, a: [1, 3]}
          {_id: 1, a: [1, 2, 3]}   | {$pull: {a: {$gte: 2}}}               | {_id: 1, a: [1]}
          {_id: 1, a: [{b: 1}, {b: 2, c: 3}]} | {$pull: {a: {b: 2}}}       | {_id: 1, a: [{b: 1}]}
          {_id: 1, a: ['x', 'y']}  | {$pull: {a: {$in: ['x', 'z']}}}       | {_id: 1, a: ['y']}
          {_id: 1, n: 5}           | {$max: {n: 7, m: 1}, $min: {o: 2}}    | {_id: 1, n: 7, m: 1, o: 2}
          {_id: 1, n: 5}           | {$min: {n: 7}}                        | {_id: 1, n: 5}
          {_id: 1, n: 5}           | {a: 1}                                | {_id: 1, n: 5}
          """)
  void update_operators(String before, String update, String after) {
    collection.deleteMany(new Document());
    collection.insertOne(json(before));
    if (update.startsWith("{$")) {
      assertEquals(json(after), after(update));
    } else {
      collection.replaceOne(json("_id: 1"), json(update));
      assertEquals(json("_id: 1, a: 1"), collection.find().first());
    }
  }

  @Test
  void update_countsMatchedAndModified() {
    insert("_id: 1, a: 1", "_id: 2, a: 2", "_id: 3, b: 1");
    UpdateResult result = collection.updateMany(Filters.exists("a"), Updates.set("a", 1));
    assertEquals(2, result.getMatchedCount());
    assertEquals(1, result.getModifiedCount());
  }

  @Test
  void updateOne_changesTheFirst() {
    insert("_id: 1, a: 1", "_id: 2, a: 1");
    collection.updateOne(Filters.eq("a", 1), Updates.set("b", 1));
    assertEquals(List.of(1), ids("b: 1"));
  }

  @Test
  void upsert_insertsWhatFilterAndUpdateSay() {
    UpdateResult result =
        collection.updateOne(
            json("{_id: 'k', tenant: 't', n: {$gt: 3}, 'a.b': {$eq: 1}}"),
            json("{$set: {text: 'x'}, $setOnInsert: {created: 1}}"),
            UPSERT);
    assertEquals("k", result.getUpsertedId().asString().getValue());
    assertEquals(
        json("_id: 'k', tenant: 't', a: {b: 1}, text: 'x', created: 1"), collection.find().first());
  }

  @Test
  void upsert_withoutIdMakesOne() {
    UpdateResult result = collection.updateOne(Filters.eq("a", 1), Updates.inc("n", 1), UPSERT);
    assertNotNull(result.getUpsertedId().asObjectId().getValue());
    collection.updateOne(Filters.eq("a", 1), Updates.inc("n", 1), UPSERT);
    assertEquals(2, collection.find().first().getInteger("n"));
    assertEquals(1, collection.countDocuments());
  }

  @Test
  void replaceOne_keepsTheIdAndDropsTheRest() {
    insert("_id: 1, a: 1, b: 1");
    collection.replaceOne(Filters.eq("b", 1), json("c: 1"));
    assertEquals(json("_id: 1, c: 1"), collection.find().first());
    collection.replaceOne(Filters.eq("_id", 2), json("c: 2"), new ReplaceOptions().upsert(true));
    assertEquals(json("_id: 2, c: 2"), collection.find(Filters.eq("_id", 2)).first());
  }

  @Test
  void replaceOne_refusesAnotherId() {
    insert("_id: 1");
    refuses(
        66,
        "would modify the immutable field '_id'",
        () -> collection.replaceOne(Filters.eq("_id", 1), json("_id: 2")));
    refuses(66, "immutable", () -> after("{$set: {_id: 5}}"));
  }

  @Test
  void bulkWrite_ofEveryKind() {
    insert("_id: 1, n: 1", "_id: 2, n: 1", "_id: 3, n: 1", "_id: 4, n: 9", "_id: 5, n: 9");
    BulkWriteResult result =
        collection.bulkWrite(
            List.of(
                new InsertOneModel<>(json("_id: 6")),
                new ReplaceOneModel<>(
                    Filters.eq("_id", 7), json("n: 7"), new ReplaceOptions().upsert(true)),
                new UpdateOneModel<>(Filters.eq("_id", 1), Updates.set("n", 2)),
                new UpdateManyModel<>(Filters.eq("n", 1), Updates.inc("n", 1)),
                new DeleteOneModel<>(Filters.eq("n", 2)),
                new DeleteManyModel<>(Filters.eq("n", 9))));
    assertEquals(1, result.getInsertedCount());
    assertEquals(3, result.getModifiedCount());
    assertEquals(3, result.getDeletedCount());
    assertEquals(7, result.getUpserts().get(0).getId().asInt32().getValue());
    assertEquals(List.of(2, 3, 6, 7), ids(""));
  }

  @Test
  void bulkWrite_unorderedReportsEachRefusal() {
    insert("_id: 1");
    MongoBulkWriteException refused =
        assertThrows(
            MongoBulkWriteException.class,
            () ->
                collection.bulkWrite(
                    List.of(
                        new UpdateOneModel<>(Filters.eq("_id", 1), Updates.set("a.b", 1)),
                        new UpdateOneModel<>(Filters.eq("_id", 1), Updates.push("a.b", 1)),
                        new UpdateOneModel<>(Filters.eq("_id", 1), Updates.inc("c", 1))),
                    new BulkWriteOptions().ordered(false)));
    assertEquals(1, refused.getWriteErrors().size());
    assertEquals(1, refused.getWriteErrors().get(0).getIndex());
    assertEquals(1, collection.find().first().getInteger("c"));
  }

  @Test
  void update_leavesVectorsAlone() {
    BinaryVector vector = BinaryVector.floatVector(new float[] {1, 2});
    collection.insertOne(new Document("_id", 1).append("v", vector));
    collection.updateOne(Filters.eq("_id", 1), Updates.set("a", 1));
    assertArrayEquals(
        new float[] {1, 2},
        collection.find().first().get("v", BinaryVector.class).asFloat32Vector().getData());
  }

  @Test
  void update_refusesByName() {
    insert("_id: 1, n: 'text', a: [1]");
    refuses(9, "Unknown modifier: $rename", () -> after("{$rename: {a: 'b'}}"));
    refuses(14, "Cannot apply $inc to a value of non-numeric type", () -> after("{$inc: {n: 1}}"));
    refuses(14, "Cannot increment with non-numeric", () -> after("{$inc: {m: 'x'}}"));
    refuses(2, "The field 'n' must be an array", () -> after("{$push: {n: 1}}"));
    refuses(
        2,
        "Unrecognized clause in $push: $slice",
        () -> after("{$push: {a: {$each: [1], $slice: 2}}}"));
    refuses(40, "would create a conflict at 'b'", () -> after("{$set: {b: 1, 'b.c': 2}}"));
    refuses(28, "Cannot create field 'b'", () -> after("{$set: {'n.b': 1}}"));
    refuses(2, "the positional operator '$' in 'a.$'", () -> after("{$set: {'a.$': 1}}"));
    refuses(
        9,
        "multi update is not supported",
        () -> command("{update: 'c', updates: [{q: {}, u: {a: 1}, multi: true}]}"));
    refuses(
        40415,
        "BSON field 'update.updates.arrayFilters' is an unknown field.",
        () -> command("{update: 'c', updates: [{q: {}, u: {$set: {a: 1}}, arrayFilters: []}]}"));
  }

  @Test
  void findOneAndUpdate_returnsBeforeOrAfter() {
    insert("_id: 1, n: 1, tag: 'x'", "_id: 2, n: 5, tag: 'x'");
    var after =
        new com.mongodb.client.model.FindOneAndUpdateOptions()
            .sort(json("n: -1"))
            .projection(json("n: 1, _id: 0"))
            .returnDocument(com.mongodb.client.model.ReturnDocument.AFTER);
    assertEquals(
        json("n: 6"),
        collection.findOneAndUpdate(Filters.eq("tag", "x"), Updates.inc("n", 1), after));
    assertEquals(
        1, collection.findOneAndUpdate(Filters.eq("_id", 1), Updates.inc("n", 1)).getInteger("n"));
    assertEquals(null, collection.findOneAndUpdate(Filters.eq("_id", 9), Updates.inc("n", 1)));
  }

  @Test
  void findOneAndUpdate_upserts() {
    var upsert = new com.mongodb.client.model.FindOneAndUpdateOptions().upsert(true);
    assertEquals(
        null, collection.findOneAndUpdate(Filters.eq("_id", "x"), Updates.set("n", 1), upsert));
    assertEquals(json("_id: 'x', n: 1"), collection.find().first());
  }

  @Test
  void findOneAndReplace_andDelete() {
    insert("_id: 1, n: 1", "_id: 2, n: 2");
    collection.findOneAndReplace(Filters.eq("_id", 1), json("m: 1"));
    assertEquals(json("_id: 1, m: 1"), collection.find().first());
    Document gone =
        collection.findOneAndDelete(
            new Document(),
            new com.mongodb.client.model.FindOneAndDeleteOptions().sort(json("_id: -1")));
    assertEquals(2, gone.get("_id"));
    assertEquals(List.of(1), ids(""));
  }

  @Test
  void findOneAndUpdate_givesEachLeaseToOneWorker() throws Exception {
    for (int i = 0; i < 200; i++) {
      insert("_id: " + i + ", state: 'free'");
    }
    var pool = java.util.concurrent.Executors.newFixedThreadPool(8);
    var claimed = new java.util.concurrent.ConcurrentLinkedQueue<Object>();
    for (int worker = 0; worker < 8; worker++) {
      String owner = new ObjectId().toHexString();
      pool.execute(
          () -> {
            Document lease;
            while ((lease =
                    collection.findOneAndUpdate(
                        Filters.eq("state", "free"),
                        Updates.combine(
                            Updates.set("state", "taken"), Updates.set("owner", owner))))
                != null) {
              claimed.add(lease.get("_id"));
            }
          });
    }
    pool.shutdown();
    pool.awaitTermination(30, java.util.concurrent.TimeUnit.SECONDS);
    assertEquals(200, claimed.size());
    assertEquals(200, claimed.stream().distinct().count());
  }
}
