package org.hippocamel.embedded.atlas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{fields: [{type: 'vector', path: 'v', numDimensions: 8192, similarity: 'cosine'}]}",
        "{fields: [{type: 'vector', path: 'v', numDimensions: 8, similarity: 'dotProduct',"
            + " quantization: 'binary'}, {type: 'filter', path: 'a.b'}]}",
        "{fields: [{type: 'vector', path: 'v', numDimensions: 3.0, similarity: 'euclidean',"
            + " indexingMethod: 'flat'}]}",
        "{fields: [{type: 'vector', path: 'v', numDimensions: 3, similarity: 'euclidean',"
            + " hnswOptions: {maxEdges: 64, numEdgeCandidates: 3200}}]}"
      })
  void vectorSearch_accepts(String definition) {
    IndexDefinition.parse("vectorSearch", BsonDocument.parse(definition));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                         | "fields" is required
          {fields: []}                                               | "fields" must contain at least one field of type "vector"
          {fields: [], x: 1}                                         | unrecognized field "x"
          {fields: {}}                                               | "fields" must be an array
          {fields: [1]}                                              | "fields[0]" must be a document
          {fields: [{path: "v"}]}                                    | "fields[0].type" is required
          {fields: [{type: "autoEmbed"}]}                            | "fields[0].type" must be one of [vector, filter] but is 'autoEmbed'
          {fields: [{type: "vector"}]}                               | "fields[0].path" is required
          {fields: [{type: "vector", path: "v"}]}                    | "fields[0].numDimensions" is required
          {fields: [{type: "vector", path: "v", numDimensions: 0}]}  | "fields[0].numDimensions" must be between 1 and 8192 but is 0
          {fields: [{type: "vector", path: "v", numDimensions: 8193}]} | "fields[0].numDimensions" must be between 1 and 8192 but is 8193
          {fields: [{type: "vector", path: "v", numDimensions: "8"}]} | "fields[0].numDimensions" must be an integer
          {fields: [{type: "vector", path: "v", numDimensions: 8}]}  | "fields[0].similarity" is required
          {fields: [{type: "vector", path: "v", numDimensions: 8, similarity: "dot"}]} | "fields[0].similarity" must be one of [cosine, dotProduct, euclidean] but is 'dot'
          {fields: [{type: "vector", path: "v", numDimensions: 9, similarity: "cosine", quantization: "binary"}]} | "fields[0].numDimensions" must be a multiple of 8 for binary quantization but is 9
          {fields: [{type: "vector", path: "v", numDimensions: 9, similarity: "cosine", quantization: "int4"}]} | "fields[0].quantization" must be one of [none, scalar, binary]
          {fields: [{type: "vector", path: "v", numDimensions: 9, similarity: "cosine", ef: 4}]} | unrecognized field "fields[0].ef"
          {fields: [{type: "vector", path: "v", numDimensions: 9, similarity: "cosine", indexingMethod: "flat", hnswOptions: {}}]} | "fields[0].hnswOptions" is only allowed with indexingMethod hnsw
          {fields: [{type: "vector", path: "v", numDimensions: 9, similarity: "cosine", hnswOptions: {maxEdges: 8}}]} | "fields[0].hnswOptions.maxEdges" must be between 16 and 64 but is 8
          {fields: [{type: "filter", path: "a"}, {type: "filter", path: "a"}]} | "fields[1].path" must be distinct
          {fields: [{type: "filter", path: "a", x: 1}]}              | unrecognized field "fields[0].x"
          {fields: [], storedSource: true}                           | unrecognized field "storedSource"
          """)
  void vectorSearch_refuses(String definition, String message) {
    refuses("vectorSearch", definition, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{mappings: {dynamic: true}}",
        "{mappings: {}, analyzer: 'lucene.english', searchAnalyzer: 'lucene.simple'}",
        "{mappings: {dynamic: false, fields: {a: {type: 'string', analyzer: 'lucene.german'},"
            + " b: [{type: 'string', multi: {m: {type: 'string', analyzer: 'lucene.keyword'}}},"
            + " {type: 'token', normalizer: 'lowercase'}],"
            + " c: {type: 'document', dynamic: true, fields: {d: {type: 'number'}}},"
            + " e: {type: 'date'}, f: {type: 'boolean'}, g: {type: 'objectId'}}}}"
      })
  void search_accepts(String definition) {
    IndexDefinition.parse("search", BsonDocument.parse(definition));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {fields: []}                                    | Attribute mappings missing
          {mappings: {}, synonyms: []}                    | unrecognized field "synonyms"
          {mappings: {dynamic: "yes"}}                    | "mappings.dynamic" must be a boolean
          {mappings: {x: 1}}                              | unrecognized field "mappings.x"
          {mappings: {}, analyzer: "lucene.klingon"}      | "analyzer" 'lucene.klingon' is not an analyzer of the embedded Atlas; known: lucene.arabic
          {mappings: {fields: {a: {type: "geo"}}}}        | "mappings.fields.a.type" 'geo' is not supported
          {mappings: {fields: {a: {type: "token", multi: {}}}}} | unrecognized field "mappings.fields.a.multi"
          {mappings: {fields: {a: {type: "string", multi: 1}}}} | "mappings.fields.a.multi" must be a document
          {mappings: {fields: {a: {type: "string", multi: {m: {}}}}}} | "mappings.fields.a.multi.m.type" is required
          {mappings: {fields: {a: {type: "string", multi: {m: {type: "token"}}}}}} | "mappings.fields.a.multi.m.type" must be one of [string]
          {mappings: {fields: {a: {type: "string", multi: {m: {type: "string", analyzer: "x"}}}}}} | "mappings.fields.a.multi.m.analyzer" 'x' is not an analyzer
          {mappings: {fields: {a: {type: "string", multi: {m: {type: "string", multi: {}}}}}}} | unrecognized field "mappings.fields.a.multi.m.multi"
          {mappings: {fields: {a: [{type: "token", normalizer: "upper"}]}}} | "mappings.fields.a[0].normalizer" must be one of [lowercase, none]
          {mappings: {fields: {a: 1}}}                    | "mappings.fields.a" must be a document
          """)
  void search_refuses(String definition, String message) {
    refuses("search", definition, message);
  }

  @Test
  void type_isOneOfTwo() {
    refuses("lucene", "{}", "\"type\" must be one of [search, vectorSearch] but is 'lucene'");
  }

  private static void refuses(String type, String definition, String message) {
    SearchException e =
        assertThrows(
            SearchException.class,
            () -> IndexDefinition.parse(type, BsonDocument.parse(definition)));
    assertEquals(2, e.code());
    assertEquals("BadValue", e.codeName());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
