package org.hippocamel.embedded.atlas.search;

import org.bson.BsonDocument;

/** What an index indexes: a checked {@code vectorSearch} or {@code search} definition. */
sealed interface IndexDefinition permits VectorDefinition, TextDefinition {
  String VECTOR_SEARCH = "vectorSearch";
  String SEARCH = "search";

  /**
   * @param type {@code vectorSearch} or {@code search}
   * @throws SearchException BadValue, naming the key and its limit
   */
  static IndexDefinition parse(String type, BsonDocument definition) {
    StrictDocument strict = new StrictDocument(definition, "", SearchException::badValue);
    return switch (type) {
      case VECTOR_SEARCH -> VectorDefinition.parse(strict);
      case SEARCH -> TextDefinition.parse(strict);
      default ->
          throw SearchException.badValue(
              "\"type\" must be one of [search, vectorSearch] but is '" + type + "'");
    };
  }
}
