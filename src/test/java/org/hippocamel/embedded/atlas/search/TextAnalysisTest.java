package org.hippocamel.embedded.atlas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextAnalysisTest extends SearchFixture {
  @BeforeEach
  void openIndexes() {
    open(50_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
            lucene.standard   | Running-shoes | running    | true
            lucene.standard   | Running-shoes | run        | false
            lucene.english    | Running-shoes | run        | true
            lucene.simple     | abc123        | abc        | true
            lucene.whitespace | A-b c         | a-b        | false
            lucene.whitespace | A-b c         | A-b        | true
            lucene.keyword    | two words     | two        | false
            lucene.keyword    | two words     | two words  | true
            lucene.german     | Häuser        | haus       | true
            lucene.french     | les chevaux   | cheval     | true
            lucene.cjk        | 東京都           | 京都         | true
            """)
  void analyzer_decidesWhatMatches(String analyzer, String text, String query, boolean found) {
    create("a", null, "{mappings: {dynamic: true}, analyzer: '" + analyzer + "'}");
    put("{'_id': 99, 'x': '" + text + "'}");
    assertEquals(
        found ? 1 : 0, search("{index: 'a', text: {query: '" + query + "', path: 'x'}}").size());
  }

  /** Text under several analyzers: the one that the query's path names decides. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {text: {query: "run", path: "x"}}                                    | 1
          {text: {query: "run", path: {value: "x"}}}                           | 1
          {text: {query: "run", path: {value: "x", multi: "exact"}}}           | 0
          {text: {query: "running", path: {value: "x", multi: "exact"}}}       | 1
          {text: {query: "les", path: [{value: "x", multi: "exact"}, {value: "x", multi: "all"}]}} | 0
          {text: {query: "Running shoes, running", path: {value: "x", multi: "all"}}} | 1
          {text: {query: "running", path: {value: "x", multi: "none"}}}        | 0
          {text: {query: "running", path: {value: "y", multi: "exact"}}}       | 0
          {text: {query: "exact", path: {wildcard: "*"}}}                      | 0
          {text: {query: "deep", path: {value: "a.b", multi: "exact"}}}        | 1
          {phrase: {query: "shoes running", path: {value: "x", multi: "exact"}}} | 1
          {phrase: {query: "shoe run", path: {value: "x", multi: "exact"}}}    | 0
          """)
  void multi_isTheSameTextUnderAnotherAnalyzer(String stage, int found) {
    create(
        "m",
        null,
        """
        {mappings: {fields: {
          x: {type: 'string', analyzer: 'lucene.english', multi: {
            exact: {type: 'string', analyzer: 'lucene.standard'},
            all: {type: 'string', analyzer: 'lucene.keyword'}}},
          y: {type: 'string'},
          a: {type: 'document', fields: {b: {type: 'string',
            multi: {exact: {type: 'string', analyzer: 'lucene.standard'}}}}}}}}
        """);
    put("{'_id': 1, 'x': 'Running shoes, running', 'y': 'running', 'a': {'b': 'deep'}}");
    assertEquals(found, search("{index: 'm', " + stage.substring(1)).size());
  }

  @Test
  void dynamic_indexesByTypeButStringsNotAsTokens() {
    create("dyn", null, "{mappings: {dynamic: true}}");
    put("{'_id': 1, 'n': 2.5, 'b': true, 'author': {'name': 'Ann Bee'}, 'tag': 'a'}");
    put("{'_id': 2, 'text': ['a', 'camel'], 'author': [{'name': 'Cy'}, {}]}");
    assertEquals(1, search("{index: 'dyn', equals: {path: 'n', value: 2.5}}").size());
    assertEquals(1, search("{index: 'dyn', equals: {path: 'b', value: true}}").size());
    assertEquals(2, search("{index: 'dyn', text: {query: 'cy bee', path: 'author.name'}}").size());
    assertEquals(1, search("{index: 'dyn', text: {query: 'camel', path: {wildcard: '*'}}}").size());
    assertThrows(
        SearchException.class, () -> search("{index: 'dyn', equals: {path: 'tag', value: 'a'}}"));
  }

  @Test
  void document_thatLuceneRefusesIsLeftOutAlone() {
    create("th", null, "{mappings: {dynamic: true}}");
    put("{'_id': '" + "a".repeat(40_000) + "', 'x': 'camel'}");
    put("{'_id': 1, 'x': 'camel', '" + "b".repeat(40_000) + "': true}");
    put("{'_id': 2, 'x': 'camel'}");
    assertEquals(2, search("{index: 'th', text: {query: 'camel', path: 'x'}}").size());
    assertEquals(2, search("{index: 'th', exists: {path: 'x'}}").size());
  }
}
