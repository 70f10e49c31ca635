package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateCommandTest extends AtlasFixture {
  private void sales() {
    insert(
        "_id: 1, shop: 'a', n: 3, tags: ['x', 'y']",
        "_id: 2, shop: 'b', n: 5, tags: []",
        "_id: 3, shop: 'a', n: 4.5, tags: ['y']",
        "_id: 4, shop: 'b', tags: null",
        "_id: 5, n: 1");
  }

  @Test
  void match_sort_skip_limit() {
    sales();
    List<Document> found =
        aggregate(
            "$match: {n: {$gt: 0}}",
            "$sort: {n: -1}",
            "$skip: 1",
            "$limit: 2",
            "$project: {_id: 1}");
    assertEquals(List.of(json("_id: 3"), json("_id: 1")), found);
  }

  @Test
  void group_accumulates() {
    sales();
    List<Document> groups =
        aggregate(
            "$group: {_id: '$shop', count: {$sum: 1}, total: {$sum: '$n'}, mean: {$avg: '$n'},"
                + " least: {$min: '$n'}, most: {$max: '$n'}, first: {$first: '$_id'},"
                + " last: {$last: '$_id'}, all: {$push: '$n'}, set: {$addToSet: '$shop'}}");
    assertEquals(
        List.of(
            json(
                "_id: null, count: 1, total: 1, mean: 1.0, least: 1, most: 1, first: 5, last: 5,"
                    + " all: [1], set: []"),
            json(
                "_id: 'a', count: 2, total: 7.5, mean: 3.75, least: 3, most: 4.5, first: 1,"
                    + " last: 3, all: [3, 4.5], set: ['a']"),
            json(
                "_id: 'b', count: 2, total: 5, mean: 5.0, least: 5, most: 5, first: 2, last: 4,"
                    + " all: [5], set: ['b']")),
        groups);
  }

  @Test
  void group_byCompoundKeyThroughTheDriversHelpers() {
    sales();
    List<Document> groups =
        collection
            .aggregate(
                List.of(
                    Aggregates.match(Filters.exists("shop")),
                    Aggregates.group(new Document("s", "$shop"), Accumulators.sum("count", 1)),
                    Aggregates.sort(Sorts.descending("_id.s"))))
            .into(new ArrayList<>());
    assertEquals(List.of(json("_id: {s: 'b'}, count: 2"), json("_id: {s: 'a'}, count: 2")), groups);
  }

  @Test
  void unwind_andItsOptions() {
    sales();
    assertEquals(
        List.of(json("_id: 1, t: 'x'"), json("_id: 1, t: 'y'"), json("_id: 3, t: 'y'")),
        aggregate("$unwind: '$tags'", "$project: {t: '$tags'}"));
    assertEquals(
        List.of(
            json("_id: 1, tags: 'x', i: 0"),
            json("_id: 1, tags: 'y', i: 1"),
            json("_id: 2, i: null"),
            json("_id: 3, tags: 'y', i: 0"),
            json("_id: 4, tags: null, i: null"),
            json("_id: 5, i: null")),
        aggregate(
            "$unwind: {path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true}",
            "$project: {tags: 1, i: {$cond: [{$eq: ['$i', null]}, null, {$toInt: '$i'}]}}"));
  }

  @Test
  void count_stage() {
    sales();
    assertEquals(List.of(json("many: 2")), aggregate("$match: {shop: 'a'}", "$count: 'many'"));
    assertTrue(aggregate("$match: {shop: 'z'}", "$count: 'many'").isEmpty());
  }

  @Test
  void addFields_andUnset() {
    insert("_id: 1, a: {b: 1, c: 2}, list: [{x: 1}, {x: 2}], gone: 1");
    assertEquals(
        List.of(json("_id: 1, a: {b: 1, d: 3}, list: [{x: 1, y: 0}, {x: 2, y: 0}], new: 1")),
        aggregate(
            "$addFields: {'a.d': {$add: ['$a.b', '$a.c']}, 'list.y': 0}",
            "$set: {new: '$a.b', absent: '$nothing'}",
            "$unset: ['a.c', 'gone']"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {$add: ['$i', 2, 0.5]}                       | 5.5
          {$add: ['$i', '$absent']}                    | null
          {$subtract: ['$i', 5]}                       | -2
          {$subtract: ['$later', '$date']}             | {$numberLong: '1000'}
          {$multiply: ['$i', '$d']}                    | 7.5
          {$divide: ['$i', 2]}                         | 1.5
          {$mod: ['$i', 2]}                            | 1
          {$pow: ['$i', 2]}                            | 9
          {$round: [2.345, 2]}                         | 2.34
          {$abs: -3}                                   | 3
          {$floor: '$d'}                               | 2.0
          {$sqrt: 9}                                   | 3.0
          {$max: ['$i', '$d']}                         | 3
          {$min: '$list'}                              | 1
          {$sum: '$list'}                              | 6
          {$avg: '$list'}                              | 2.0
          {$eq: ['$i', 3.0]}                           | true
          {$eq: ['$absent', null]}                     | false
          {$ne: ['$s', 'text']}                        | false
          {$gt: ['$s', 5]}                             | true
          {$lte: ['$i', 3]}                            | true
          {$cmp: ['$i', 9]}                            | -1
          {$and: ['$i', {$gt: ['$d', 2]}]}             | true
          {$or: [0, null, '$absent']}                  | false
          {$not: ['$absent']}                          | true
          {$cond: [{$gt: ['$i', 2]}, 'big', 'small']}  | big
          {$cond: {if: false, then: 1, else: 2}}       | 2
          {$switch: {branches: [{case: {$eq: ['$i', 3]}, then: 'three'}], default: 'x'}} | three
          {$ifNull: ['$absent', '$none', 'else']}      | else
          {$in: [2, '$list']}                          | true
          {$size: '$list'}                             | 3
          {$arrayElemAt: ['$list', -1]}                | 3
          {$first: '$list'}                            | 1
          {$slice: ['$list', 2]}                       | [1, 2]
          {$concatArrays: ['$list', [4]]}              | [1, 2, 3, 4]
          {$setUnion: ['$list', [3, 4]]}               | [1, 2, 3, 4]
          {$setIntersection: ['$list', [3, 4, 1]]}     | [1, 3]
          {$filter: {input: '$list', as: 'n', cond: {$gte: ['$$n', 2]}}} | [2, 3]
          {$map: {input: '$list', in: {$multiply: ['$$this', 2]}}} | [2, 4, 6]
          {$mergeObjects: ['$sub', {b: 2}]}            | {a: 1, b: 2}
          {$concat: ['$s', '-', 'x']}                  | text-x
          {$toUpper: '$s'}                             | TEXT
          {$strLenCP: '$s'}                            | 4
          {$toString: '$i'}                            | '3'
          {$toString: '$date'}                         | 1970-01-01T00:00:00.000Z
          {$toDouble: '2.5'}                           | 2.5
          {$toInt: 3.9}                                | 3
          {$type: '$absent'}                           | missing
          {$isArray: '$list'}                          | true
          {$literal: '$i'}                             | $i
          '$$ROOT.sub.a'                               | 1
          '$objects.k'                                 | [1, 2]
          """)
  void expressions(String expression, String expected) {
    if (collection.countDocuments() == 0) {
      insert(
          "_id: 1, i: 3, d: 2.5, s: 'text', none: null, list: [1, 2, 3], sub: {a: 1},"
              + " objects: [{k: 1}, {k: 2}], date: {$date: 0}, later: {$date: 1000}");
    }
    boolean plain = !expression.startsWith("{") && !expression.startsWith("'");
    String quoted = plain ? "'" + expression + "'" : expression;
    Document made = aggregate("$project: {_id: 0, v: " + quoted + "}").get(0);
    Object wanted = value(expected);
    assertEquals(wanted, made.get("v"));
  }

  private static Object value(String text) {
    boolean word = text.matches("[A-Za-z$].*|\\d{4}-.*") && !text.matches("true|false|null");
    return json("v: " + (word ? "'" + text + "'" : text)).get("v");
  }

  @Test
  void expressions_computeNothingFromNothing() {
    insert("_id: 1");
    assertEquals(List.of(json("_id: 1")), aggregate("$project: {v: '$absent', w: '$$REMOVE'}"));
  }

  @Test
  void countDocuments_withSkipAndLimit() {
    sales();
    assertEquals(
        2,
        collection.countDocuments(
            Filters.gt("_id", 1), new com.mongodb.client.model.CountOptions().skip(1).limit(2)));
  }
}
