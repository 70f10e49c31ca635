package org.hippocamel.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.json.JsonWriterSettings;
import org.hippocamel.config.VectorSettings.Encoding;
import org.junit.jupiter.api.Test;

class SearchIndexDefinitionsTest {
  private static final Map<String, String> FILTERABLE =
      Map.of(
          "tenant", "string",
          "occurred_at", "date",
          "source.id", "string",
          "metadata.done", "boolean",
          "metadata.year", "number",
          "case.status", "string");

  private final List<Document> all =
      new SearchIndexDefinitions(FILTERABLE, "lucene.german", Encoding.FLOAT32)
          .all(TestSpaces.small());

  @Test
  void vectorIndex_declaresTheSpaceAndEveryFilter() {
    assertEquals(
        """
        {
          "name": "vector_m-3",
          "type": "vectorSearch",
          "definition": {
            "fields": [
              {
                "type": "vector",
                "path": "vectors.m-3",
                "numDimensions": 3,
                "similarity": "cosine",
                "quantization": "none"
              },
              {
                "type": "filter",
                "path": "case.status"
              },
              {
                "type": "filter",
                "path": "metadata.done"
              },
              {
                "type": "filter",
                "path": "metadata.year"
              },
              {
                "type": "filter",
                "path": "occurred_at"
              },
              {
                "type": "filter",
                "path": "source.id"
              },
              {
                "type": "filter",
                "path": "tenant"
              }
            ]
          }
        }""",
        json(all.get(0)));
  }

  @Test
  void lexicalIndex_declaresTextsAndEveryFilterWithItsType() {
    assertEquals(
        """
        {
          "name": "lexical",
          "type": "search",
          "definition": {
            "analyzer": "lucene.german",
            "searchAnalyzer": "lucene.german",
            "mappings": {
              "dynamic": false,
              "fields": {
                "text": {
                  "type": "string",
                  "multi": {
                    "exact": {
                      "type": "string",
                      "analyzer": "lucene.standard"
                    }
                  }
                },
                "occurred_at": {
                  "type": "date"
                },
                "tenant": {
                  "type": "token"
                },
                "source": {
                  "type": "document",
                  "dynamic": false,
                  "fields": {
                    "title": {
                      "type": "string",
                      "multi": {
                        "exact": {
                          "type": "string",
                          "analyzer": "lucene.standard"
                        }
                      }
                    },
                    "heading": {
                      "type": "string",
                      "multi": {
                        "exact": {
                          "type": "string",
                          "analyzer": "lucene.standard"
                        }
                      }
                    },
                    "id": {
                      "type": "token"
                    }
                  }
                },
                "metadata": {
                  "type": "document",
                  "dynamic": false,
                  "fields": {
                    "done": {
                      "type": "boolean"
                    },
                    "year": {
                      "type": "number"
                    }
                  }
                },
                "case": {
                  "type": "document",
                  "dynamic": false,
                  "fields": {
                    "solution": {
                      "type": "string",
                      "multi": {
                        "exact": {
                          "type": "string",
                          "analyzer": "lucene.standard"
                        }
                      }
                    },
                    "status": {
                      "type": "token"
                    }
                  }
                }
              }
            }
          }
        }""",
        json(all.get(1)));
  }

  private static String json(Document document) {
    return document.toJson(
        JsonWriterSettings.builder().indent(true).newLineCharacters("\n").build());
  }
}
