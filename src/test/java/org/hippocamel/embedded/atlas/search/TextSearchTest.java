package org.hippocamel.embedded.atlas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSearchTest extends SearchFixture {
  private static final String MAPPING =
      """
      {mappings: {dynamic: false, fields: {
        text: {type: 'string'},
        title: [{type: 'string', analyzer: 'lucene.english'}, {type: 'token'}],
        tag: {type: 'token', normalizer: 'lowercase'},
        n: {type: 'number'}, d: {type: 'date'}, b: {type: 'boolean'}, o: {type: 'objectId'},
        author: {type: 'document', fields: {name: {type: 'string'}}}}}}
      """;

  @BeforeEach
  void fourDocuments() {
    open(50_000);
    create("default", null, MAPPING);
    put(
        "{'_id': 1, 'text': 'the camel crosses the desert', 'title': 'Running camels', 'tag': 'A',"
            + " 'n': 1, 'd': {'$date': '2026-01-01T00:00:00Z'}, 'b': true,"
            + " 'o': {'$oid': '650000000000000000000001'}, 'author': {'name': 'Ann Bee'}}");
    put(
        "{'_id': 2, 'text': 'a camel is a camel', 'title': 'Camel', 'tag': ['a', 'b'], 'n': 2.5,"
            + " 'd': {'$date': '2026-06-01T00:00:00Z'}, 'b': false}");
    put("{'_id': 3, 'text': 'a horse in the desert', 'tag': 'c', 'n': [7, 8], 'hidden': 'camel'}");
    put("{'_id': 4, 'text': ['first part', 'second camel'], 'author': [{'name': 'Cy'}, {}]}");
  }

  private String found(String stage) {
    return String.join("", ids(search(stage)).stream().sorted().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {text: {query: "camel", path: "text"}}                                  | 124
          {text: {query: "CAMEL desert", path: "text"}}                           | 1234
          {text: {query: "camel desert", path: "text", matchCriteria: "all"}}     | 1
          {text: {query: ["horse", "crosses"], path: "text"}}                     | 13
          {text: {query: "camels", path: "text"}}                                 |
          {text: {query: "camels run", path: "title"}}                            | 12
          {text: {query: "ann camel", path: ["author.name", "text"]}}             | 124
          {text: {query: "camel", path: {wildcard: "*"}}}                         | 124
          {text: {query: "bee", path: {wildcard: "auth*"}}}                       | 1
          {text: {query: "bee", path: [{wildcard: "author.*"}, "text"]}}          | 1
          {text: {query: "camel", path: "hidden"}}                                |
          {text: {query: "camel", path: "nowhere"}}                               |
          {text: {query: "!!!", path: "text"}}                                    |
          {text: {query: "camle", path: "text", fuzzy: {}}}                       | 124
          {text: {query: "camle", path: "text", fuzzy: {maxEdits: 1}}}            | 124
          {text: {query: "kamle", path: "text", fuzzy: {maxEdits: 1}}}            |
          {text: {query: "xamel", path: "text", fuzzy: {prefixLength: 1}}}        |
          {phrase: {query: "camel crosses", path: "text"}}                        | 1
          {phrase: {query: "camel desert", path: "text"}}                         |
          {phrase: {query: "camel desert", path: "text", slop: 2}}                | 1
          {phrase: {query: ["first part", "horse in"], path: "text"}}             | 34
          {equals: {path: "tag", value: "A"}}                                     | 12
          {equals: {path: "title", value: "Camel"}}                               | 2
          {equals: {path: "title", value: "camel"}}                               |
          {equals: {path: "n", value: 8}}                                         | 3
          {equals: {path: "b", value: false}}                                     | 2
          {equals: {path: "o", value: {$oid: "650000000000000000000001"}}}        | 1
          {equals: {path: "d", value: {$date: "2026-06-01T00:00:00Z"}}}           | 2
          {in: {path: "tag", value: ["b", "C"]}}                                  | 23
          {in: {path: "n", value: [1, 7]}}                                        | 13
          {in: {path: ["n", "b"], value: [1, false]}}                             | 12
          {range: {path: "n", gt: 1, lte: 7}}                                     | 23
          {range: {path: "n", gte: 1, lt: 2.5}}                                   | 1
          {range: {path: "d", gte: {$date: "2026-02-01T00:00:00Z"}}}              | 2
          {range: {path: "d", lt: {$date: "2026-06-01T00:00:00Z"}}}               | 1
          {range: {path: "tag", gt: "A", lte: "c"}}                               | 23
          {exists: {path: "title"}}                                               | 12
          {exists: {path: "author"}}                                              | 14
          {exists: {path: "author.name"}}                                         | 14
          {exists: {path: "hidden"}}                                              |
          {compound: {must: [{text: {query: "camel", path: "text"}}], mustNot: [{equals: {path: "b", value: false}}]}} | 14
          {compound: {must: {text: {query: "camel", path: "text"}}, filter: [{in: {path: "tag", value: ["a"]}}]}} | 12
          {compound: {should: [{text: {query: "horse", path: "text"}}, {text: {query: "crosses", path: "text"}}]}} | 13
          {compound: {should: [{text: {query: "desert", path: "text"}}, {text: {query: "crosses", path: "text"}}], minimumShouldMatch: 2}} | 1
          {compound: {filter: [{exists: {path: "n"}}], should: [{text: {query: "horse", path: "text"}}]}} | 123
          {compound: {mustNot: [{exists: {path: "n"}}]}}                          | 4
          {compound: {must: [{compound: {should: [{equals: {path: "n", value: 1}}, {equals: {path: "n", value: 2.5}}]}}]}} | 12
          """)
  void stage_finds(String stage, String expected) {
    assertEquals(expected == null ? "" : expected, found(stage));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | exactly one operator is required but found []
          {queryString: {query: "a"}}                     | operator "queryString" is not supported by the embedded Atlas
          {autocomplete: {}}                              | operator "autocomplete" is not supported
          {text: {query: "a", path: "b"}, exists: {path: "c"}} | exactly one operator is required
          {text: {query: "a", path: "b"}, count: {}}      | "count" is not supported in $search
          {text: {query: "a", path: "b"}, highlight: {}}  | "highlight" is not supported in $search
          {text: {query: "a", path: "b"}, sort: {}}       | "sort" is not supported in $search
          {text: {query: "a", path: "b"}, searchAfter: ""} | "searchAfter" is not supported in $search
          {text: {query: "a", path: "b"}, returnStoredSource: true} | "returnStoredSource" is not supported
          {text: {path: "b"}}                             | "text.query" is required
          {text: {query: "a"}}                            | "text.path" is required
          {text: {query: 1, path: "b"}}                   | "text.query" must be a string
          {text: {query: [], path: "b"}}                  | "text.query" cannot be empty
          {text: {query: "a", path: "b", synonyms: "s"}}  | unrecognized field "text.synonyms"
          {text: {query: "a", path: {value: "b", wildcard: "c"}}} | unrecognized field "text.path.value"
          {text: {query: "a", path: {multi: "c"}}}        | "text.path.value" is required
          {text: {query: "a", path: "b", fuzzy: {maxEdits: 3}}} | "text.fuzzy.maxEdits" must be between 1 and 2 but is 3
          {text: {query: "a", path: "b", matchCriteria: "some"}} | "text.matchCriteria" must be one of [any, all] but is 'some'
          {text: {query: "a", path: "b", score: {function: {}}}} | unrecognized field "text.score.function"
          {text: {query: "a", path: "b", score: {boost: {value: 0}}}} | "text.score.boost.value" must be greater than 0
          {equals: {path: "text", value: "a"}}            | Path 'text' needs to be indexed as token
          {in: {path: "text", value: ["a"]}}              | Path 'text' needs to be indexed as token
          {range: {path: "n"}}                            | "range.gt", gte, lt or lte is required
          {range: {path: "n", gt: 1, gte: 1}}             | "range.gt" and gte, or lt and lte, cannot both be given
          {range: {path: "n", gt: 1, lt: "a"}}            | "range.gt" and lt must be of one type
          {compound: {}}                                  | "compound.must", mustNot, should or filter must have at least one clause
          {compound: {must: [{near: {}}]}}                | operator "compound.must[0].near" is not supported
          """)
  void stage_refuses(String stage, String message) {
    SearchException e = assertThrows(SearchException.class, () -> search(stage));
    assertEquals(8, e.code());
    assertTrue(e.getMessage().contains(" caused by :: " + message), e.getMessage());
  }

  @Test
  void missingIndex_findsNothing() {
    assertEquals(List.of(), search("{index: 'none', text: {query: 'camel', path: 'text'}}"));
  }

  @Test
  void score_isBm25() {
    // 4 documents, 3 with the term; lengths 5, 5, 5, 4 words; "a" is no stop word.
    Hit best = search("{text: {query: 'camel', path: 'text'}}").get(0);
    assertEquals("2", ids(List.of(best)).get(0));
    double idf = Math.log(1 + (4 - 3 + 0.5) / (3 + 0.5));
    double norm = 1.2 * (1 - 0.75 + 0.75 * 5 / (19 / 4.0));
    assertEquals(idf * 2 / (2 + norm), best.score(), 1e-5);
  }

  @Test
  void score_canBeBoostedOrConstant() {
    float plain = search("{text: {query: 'horse', path: 'text'}}").get(0).score();
    assertEquals(
        3 * plain,
        search("{text: {query: 'horse', path: 'text', score: {boost: {value: 3}}}}").get(0).score(),
        1e-5);
    assertEquals(
        4,
        search("{text: {query: 'horse', path: 'text', score: {constant: {value: 4}}}}")
            .get(0)
            .score());
  }

  @Test
  void filter_doesNotScore() {
    String must = "must: [{text: {query: 'horse', path: 'text'}}]";
    float alone = search("{compound: {" + must + "}}").get(0).score();
    float filtered =
        search("{compound: {" + must + ", filter: [{equals: {path: 'tag', value: 'c'}}]}}")
            .get(0)
            .score();
    assertEquals(alone, filtered);
    assertEquals(0, search("{compound: {filter: [{exists: {path: 'd'}}]}}").get(0).score());
    assertEquals(1, search("{equals: {path: 'tag', value: 'c'}}").get(0).score());
  }

  @Test
  void query_hasUpTo1024Clauses() {
    assertEquals("3", found("{text: {query: '" + words(1023) + "horse', path: 'text'}}"));
    for (String stage :
        List.of(
            "{text: {query: '" + words(1025) + "', path: 'text'}}",
            "{text: {query: '" + words(600) + "', path: ['text', 'title']}}",
            "{compound: {should: [{text: {query: '"
                + words(600)
                + "', path: 'text'}},"
                + " {text: {query: '"
                + words(600)
                + "', path: 'title'}}]}}")) {
      SearchException e = assertThrows(SearchException.class, () -> search(stage));
      assertEquals(8, e.code());
      assertTrue(e.getMessage().endsWith("maxClauseCount is set to 1024"), e.getMessage());
      assertTrue(e.getMessage().contains(" caused by :: "), e.getMessage());
    }
  }

  private static String words(int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append("word").append(i).append(' ');
    }
    return words.toString();
  }

  @Test
  void hits_goOnBeyondTheFirstPage() {
    for (int i = 10; i < 2010; i++) {
      put("{'_id': " + i + ", 'text': 'mule'}");
    }
    List<Hit> hits = search("{text: {query: 'mule', path: 'text'}}");
    assertEquals(2000, hits.size());
    assertEquals(2000, hits.stream().map(Hit::id).distinct().count());
  }
}
