package org.hippocamel.embedded.atlas.aggregate;

import java.util.HashMap;
import java.util.Map;
import org.bson.BsonValue;

/** What an expression may refer to: the row, and the variables of $filter and $map. */
record Scope(Row row, Map<String, BsonValue> variables) {
  static Scope of(Row row) {
    return new Scope(row, Map.of());
  }

  Scope with(String name, BsonValue value) {
    Map<String, BsonValue> more = new HashMap<>(variables);
    more.put(name, value);
    return new Scope(row, more);
  }
}
