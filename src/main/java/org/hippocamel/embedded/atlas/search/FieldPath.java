package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** A dotted path into documents. */
final class FieldPath {
  private final String[] names;

  FieldPath(String path) {
    names = path.split("\\.", -1);
  }

  /** The value the path leads to through documents alone, null when there is none. */
  BsonValue single(BsonDocument document) {
    BsonValue value = document;
    for (String name : names) {
      if (value == null || !value.isDocument()) {
        return null;
      }
      value = value.asDocument().get(name);
    }
    return value;
  }

  /** Every value the path leads to, through documents and arrays of documents. */
  List<BsonValue> all(BsonDocument document) {
    List<BsonValue> found = new ArrayList<>(1);
    collect(document, 0, found);
    return found;
  }

  private void collect(BsonValue value, int depth, List<BsonValue> found) {
    if (value == null) {
      return;
    }
    if (depth == names.length) {
      found.add(value);
    } else if (value.isDocument()) {
      collect(value.asDocument().get(names[depth]), depth + 1, found);
    } else if (value.isArray() && depth > 0) {
      for (BsonValue element : value.asArray()) {
        if (element.isDocument()) {
          collect(element, depth, found);
        }
      }
    }
  }
}
