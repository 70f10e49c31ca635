package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import java.util.List;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Refusal;

/** $unset */
record UnsetStage(FieldTree fields) implements Stage {
  static UnsetStage parse(BsonValue value) {
    List<BsonValue> names = value.isArray() ? value.asArray().getValues() : List.of(value);
    if (names.isEmpty() || !names.stream().allMatch(BsonValue::isString)) {
      throw Refusal.at(31002, "$unset specification must be a string or an array of strings");
    }
    FieldTree fields = new FieldTree();
    names.forEach(name -> fields.put(FieldPath.of(name.asString().getValue()), null));
    return new UnsetStage(fields);
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.map(input, row -> row.with(fields.exclude(row.document())));
  }
}
