package org.hippocamel.embedded.atlas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorFilterTest extends SearchFixture {
  @BeforeEach
  void sevenDocuments() {
    open(50_000);
    create("vi", "vectorSearch", vectors(1, "dotProduct", "s", "n", "b", "d", "o", "m.k"));
    put(
        "{'_id': 1, 'v': [1], 's': 'a', 'n': 1, 'b': true, 'd': {'$date': '2026-01-01T00:00:00Z'},"
            + " 'o': {'$oid': '650000000000000000000001'}, 'm': {'k': 'x'}}");
    put(
        "{'_id': 2, 'v': [1], 's': 'b', 'n': 2.5, 'b': false, 'd': {'$date':"
            + " '2026-06-01T00:00:00Z'}, 'o': {'$oid': '650000000000000000000002'}}");
    put("{'_id': 3, 'v': [1], 's': ['a', 'c'], 'n': [5, {'$numberLong': '9'}]}");
    put("{'_id': 4, 'v': [1], 's': null, 'm': [{'k': 'y'}, {'k': 'z'}, {}]}");
    put("{'_id': 5, 'v': [1]}");
    put("{'_id': 6, 'v': [1], 's': []}");
    put("{'_id': 7, 'v': [1], 's': 'aa', 'n': {'$numberLong': '1'}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                      | 1234567
          {s: "a"}                                                | 13
          {s: {$eq: "a"}}                                         | 13
          {s: {$ne: "a"}}                                         | 24567
          {s: {$in: ["b", "c"]}}                                  | 23
          {s: {$nin: ["a", "b"]}}                                 | 4567
          {s: null}                                               | 4
          {s: {$ne: null}}                                        | 123567
          {s: {$in: ["b", null]}}                                 | 24
          {s: {$exists: true}}                                    | 123467
          {s: {$exists: false}}                                   | 5
          {s: {$gt: "a"}}                                         | 237
          {s: {$gte: "a", $lt: "b"}}                              | 137
          {s: {$not: {$eq: "a"}}}                                 | 24567
          {s: {$not: {$exists: true}}}                            | 5
          {n: 1}                                                  | 17
          {n: 1.0}                                                | 17
          {n: {$gt: 1}}                                           | 23
          {n: {$gte: 1, $lte: 2.5}}                               | 127
          {n: {$lt: 2.5}}                                         | 17
          {n: 9}                                                  | 3
          {n: "1"}                                                |
          {n: {$gt: "0"}}                                         |
          {b: true}                                               | 1
          {b: {$ne: true}}                                        | 234567
          {d: {$gte: {$date: "2026-02-01T00:00:00Z"}}}            | 2
          {d: {$lt: {$date: "2026-02-01T00:00:00Z"}}}             | 1
          {d: {$date: "2026-01-01T00:00:00Z"}}                    | 1
          {o: {$oid: "650000000000000000000002"}}                 | 2
          {o: {$gt: {$oid: "650000000000000000000001"}}}          | 2
          {"m.k": "z"}                                            | 4
          {"m.k": {$in: ["x", "y"]}}                              | 14
          {$and: [{s: "a"}, {n: 1}]}                              | 1
          {s: "a", n: 5}                                          | 3
          {$or: [{s: "b"}, {n: 1}]}                               | 127
          {$nor: [{s: "b"}, {n: 1}]}                              | 3456
          {$or: [{$and: [{s: "a"}, {b: true}]}, {s: {$exists: false}}]} | 15
          """)
  void filter_selects(String filter, String expected) {
    List<Hit> hits = filtered(filter);
    assertEquals(expected == null ? "" : expected, String.join("", ids(hits)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {x: 1}                   | Path 'x' needs to be indexed as filter
          {s: {$regex: "a"}}       | operator $regex is not supported in "filter"
          {$expr: {}}              | operator $expr is not supported in "filter"
          {s: {$elemMatch: {}}}    | operator $elemMatch is not supported in "filter"
          {s: {$all: ["a"]}}       | operator $all is not supported in "filter"
          {s: ["a"]}               | "filter.s" must be a string, number, boolean, date
          {s: {$in: "a"}}          | "filter.s.$in" must be an array
          {s: {$in: []}}           | "filter.s.$in" cannot be empty
          {s: {$gt: null}}         | "filter.s.$gt" must be a string, number, date or objectId
          {s: {$exists: 1}}        | "filter.s.$exists" must be a boolean
          {$and: []}               | "filter.$and" cannot be empty
          {$or: {s: "a"}}          | "filter.$or" must be an array
          {s: {$not: "a"}}         | "filter.s.$not" must be a document
          {s: {$not: {}}}          | "filter.s.$not" cannot be empty
          """)
  void filter_refuses(String filter, String message) {
    SearchException e = assertThrows(SearchException.class, () -> filtered(filter));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void numbers_beyondDoublesStayApart() {
    put("{'_id': 8, 'v': [1], 'n': {'$numberLong': '9007199254740993'}}");
    assertEquals(List.of(), filtered("{n: {$numberLong: \"9007199254740992\"}}"));
    assertEquals(1, filtered("{n: {$numberLong: \"9007199254740993\"}}").size());
  }

  private List<Hit> filtered(String filter) {
    return indexes.vectorSearch(NS, stage(new float[] {1}, 100, 0).append("filter", json(filter)));
  }
}
