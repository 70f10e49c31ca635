package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindCommandTest extends AtlasFixture {
  /** Each of these documents is asked for by the filters of the table below. */
  private static final List<String> DOCUMENTS =
      List.of(
          "_id: 1, n: 1, s: 'apple', a: [1, 2, 3], d: {x: 1, y: [{z: 1}, {z: 2}]}",
          "_id: 2, n: 2.0, s: 'Banana', a: [], d: {x: 2, y: []}",
          "_id: 3, n: {$numberLong: '3'}, s: 'cherry', a: [3, 'x'], d: null",
          "_id: 4, n: null, s: 'apricot', a: 3",
          "_id: 5, s: 7, a: [[1, 2], 9], d: [{x: 1}, {x: 5}]",
          "_id: 6, n: '2', t: true, a: [{k: 1, v: 2}, {k: 2, v: 5}]");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {n: 2}                                   | 2
          {n: {$eq: 3}}                            | 3
          {n: {$ne: 2}}                            | 1,3,4,5,6
          {n: {$gt: 1}}                            | 2,3
          {n: {$gte: 1, $lt: 3}}                   | 1,2
          {n: {$lte: 2.5}}                         | 1,2
          {n: null}                                | 4,5
          {n: {$ne: null}}                         | 1,2,3,6
          {n: {$in: [1, '2', null]}}               | 1,4,5,6
          {n: {$nin: [1, 2, 3]}}                   | 4,5,6
          {n: {$exists: true}}                     | 1,2,3,4,6
          {t: {$exists: false}}                    | 1,2,3,4,5
          {t: true}                                | 6
          {a: 3}                                   | 1,3,4
          {a: [1, 2]}                              | 5
          {a: [1, 2, 3]}                           | 1
          {a: []}                                  | 2
          {a: {$size: 0}}                          | 2
          {a: {$size: 2}}                          | 3,5,6
          {a: {$all: [1, 3]}}                      | 1
          {a: {$all: [3]}}                         | 1,3,4
          {a: {$gt: 1, $lt: 2}}                    | 1
          {a: {$elemMatch: {$gt: 1, $lt: 3}}}      | 1
          {a: {$elemMatch: {k: 1, v: 5}}}          |
          {a: {$elemMatch: {k: 2, v: 5}}}          | 6
          {'a.k': 1, 'a.v': 5}                     | 6
          {a: {$not: {$gte: 3}}}                   | 2,6
          {'a.1': 2}                               | 1
          {'d.x': 1}                               | 1,5
          {'d.x': {$gte: 2}}                       | 2,5
          {'d.y.z': 2}                             | 1
          {'d.x': null}                            | 3,4,6
          {'d.y': {$exists: true}}                 | 1,2
          {d: {x: 2, y: []}}                       | 2
          {s: /^ap/}                               | 1,4
          {s: {$regex: 'AN', $options: 'i'}}       | 2
          {s: {$in: [/y$/, 'apple']}}              | 1,3
          {s: {$not: /a/}}                         | 3,5,6
          {s: {$gt: 'b'}}                          | 3
          {$and: [{n: {$gt: 0}}, {a: 3}]}          | 1,3
          {$or: [{n: 1}, {s: 7}]}                  | 1,5
          {$nor: [{n: {$exists: true}}, {t: true}]} | 5
          {$or: [{n: 1}, {$and: [{a: 9}, {s: 7}]}], _id: {$gt: 1}} | 5
          {_id: {$in: [6, 1, 99]}}                 | 1,6
          {}                                       | 1,2,3,4,5,6
          """)
  void find_filters(String filter, String expected) {
    if (collection.countDocuments() == 0) {
      insert(DOCUMENTS.toArray(String[]::new));
    }
    List<Object> wanted = new ArrayList<>();
    if (expected != null) {
      Arrays.stream(expected.split(",")).map(Integer::valueOf).forEach(wanted::add);
    }
    assertEquals(wanted, ids(filter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {a: 1}                  | {_id: 1, a: {b: 1, c: [{d: 1, e: 2}, 5]}}
          {_id: 0, x: 1}          | {x: 'x'}
          {x: 0}                  | {_id: 1, a: {b: 1, c: [{d: 1, e: 2}, 5]}}
          {_id: 0, a: 0}          | {x: 'x'}
          {'a.b': 1}              | {_id: 1, a: {b: 1}}
          {'a.c.d': 1}            | {_id: 1, a: {c: [{d: 1}]}}
          {'a.c.d': 0, x: 0}      | {_id: 1, a: {b: 1, c: [{e: 2}, 5]}}
          {a: {b: 1}, x: 1}       | {_id: 1, a: {b: 1}, x: 'x'}
          {y: '$x', _id: 0}       | {y: 'x'}
          """)
  void find_projections(String projection, String expected) {
    if (collection.countDocuments() == 0) {
      insert("_id: 1, a: {b: 1, c: [{d: 1, e: 2}, 5]}, x: 'x'");
    }
    assertEquals(json(expected), collection.find().projection(json(projection)).first());
  }

  @Test
  void find_refusesMixedProjections() {
    insert("_id: 1");
    refuses(
        31254,
        "Cannot do exclusion on field b in inclusion projection",
        () -> collection.find().projection(json("a: 1, b: 0")).first());
  }

  @Test
  void find_sortsAcrossTypes() {
    insert(
        "_id: 'string', v: 'a'",
        "_id: 'true', v: true",
        "_id: 'int', v: 5",
        "_id: 'double', v: 4.5",
        "_id: 'missing'",
        "_id: 'object', v: {a: 1}",
        "_id: 'array', v: [9, 0]",
        "_id: 'binary', v: {$binary: {base64: 'AQ==', subType: '00'}}",
        "_id: 'min', v: {$minKey: 1}",
        "_id: 'empty', v: []");
    collection.insertOne(new Document("_id", "date").append("v", new Date(0)));
    List<Object> ids =
        collection
            .find()
            .sort(Sorts.ascending("v"))
            .map(document -> document.get("_id"))
            .into(new ArrayList<>());
    assertEquals(
        List.of(
            "min", "empty", "missing", "array", "double", "int", "string", "object", "binary",
            "true", "date"),
        ids);
  }

  @Test
  void find_sortSkipLimit() {
    for (int i = 0; i < 50; i++) {
      insert("_id: " + i + ", g: " + i % 5);
    }
    List<Object> ids =
        collection
            .find(Filters.gte("_id", 10))
            .sort(Sorts.orderBy(Sorts.ascending("g"), Sorts.descending("_id")))
            .skip(7)
            .limit(3)
            .map(document -> document.get("_id"))
            .into(new ArrayList<>());
    assertEquals(List.of(10, 46, 41), ids);
  }

  @Test
  void find_byPattern() {
    insert("_id: 1, s: 'a.b'", "_id: 2, s: 'axb'");
    assertEquals(
        1, collection.find(Filters.regex("s", Pattern.compile("a\\.b"))).first().get("_id"));
  }

  @Test
  void find_inMissingCollectionIsEmpty() {
    assertNull(collection.find().first());
    assertEquals(0, collection.countDocuments());
    assertEquals(0, collection.estimatedDocumentCount());
  }

  @Test
  void find_andCountAndDistinct() {
    insert("_id: 1, t: ['a', 'b']", "_id: 2, t: 'b'", "_id: 3, t: 1", "_id: 4");
    assertEquals(4, collection.estimatedDocumentCount());
    assertEquals(2, collection.countDocuments(Filters.eq("t", "b")));
    assertEquals(
        1,
        collection.countDocuments(
            new Document(), new com.mongodb.client.model.CountOptions().skip(2).limit(1)));
    assertEquals(
        json("n: 2, ok: 1.0"), command("count: 'find_andCountAndDistinct', query: {t: 'b'}"));
    assertEquals(
        List.of("a", "b"),
        collection.distinct("t", Filters.ne("t", 1), String.class).into(new ArrayList<>()));
  }

  @Test
  void find_projectionHelpers() {
    insert("_id: 1, a: 1, b: 2");
    assertEquals(
        json("b: 2"),
        collection
            .find()
            .projection(Projections.fields(Projections.include("b"), Projections.excludeId()))
            .first());
  }
}
