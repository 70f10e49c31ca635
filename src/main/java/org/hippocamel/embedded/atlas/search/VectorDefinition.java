package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;

/**
 * Definition of a {@code vectorSearch} index.
 *
 * @param vectors at least one
 * @param filters paths that {@code $vectorSearch.filter} may name
 */
record VectorDefinition(List<VectorField> vectors, List<String> filters)
    implements IndexDefinition {

  static VectorDefinition parse(StrictDocument definition) {
    definition.only(Set.of("fields"));
    BsonArray fields = definition.array("fields");
    List<VectorField> vectors = new ArrayList<>();
    List<String> filters = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      StrictDocument field = definition.child("fields[" + i + "]", fields.get(i));
      String type = field.oneOf("type", null, List.of("vector", "filter"));
      if (type.equals("vector")) {
        vectors.add(VectorField.parse(field));
      } else {
        field.only(Set.of("type", "path"));
        filters.add(field.string("path"));
      }
      String path = field.string("path");
      if (path.isEmpty() || !paths.add(path)) {
        throw field.refuse(field.path("path") + " must be distinct and not empty: '" + path + "'");
      }
    }
    if (vectors.isEmpty()) {
      throw definition.refuse("\"fields\" must contain at least one field of type \"vector\"");
    }
    return new VectorDefinition(List.copyOf(vectors), List.copyOf(filters));
  }
}
