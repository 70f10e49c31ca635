package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Refusal;

/** $addFields and its other name $set */
record AddFieldsStage(FieldTree fields) implements Stage {
  static AddFieldsStage parse(String name, BsonValue value) {
    if (!value.isDocument() || value.asDocument().isEmpty()) {
      throw Refusal.at(40272, name + " specification stage must be a non-empty object");
    }
    FieldTree fields = new FieldTree();
    put(fields, "", value.asDocument());
    return new AddFieldsStage(fields);
  }

  private static void put(FieldTree fields, String prefix, BsonDocument specification) {
    for (Map.Entry<String, BsonValue> entry : specification.entrySet()) {
      String path = prefix + entry.getKey();
      BsonValue value = entry.getValue();
      if (entry.getKey().startsWith("$")) {
        throw Refusal.at(
            16410, "FieldPath field names may not start with '$'. Found '" + path + "'");
      }
      if (value.isDocument()
          && !value.asDocument().isEmpty()
          && !value.asDocument().getFirstKey().startsWith("$")) {
        put(fields, path + ".", value.asDocument());
      } else {
        fields.put(FieldPath.of(path), Expression.parse(value));
      }
    }
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.map(input, row -> row.with(fields.add(row.document(), Scope.of(row))));
  }
}
