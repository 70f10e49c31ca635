package org.hippocamel.embedded.atlas.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Refusal;

/**
 * $unwind
 *
 * @param index the field that gets the position; null for none
 */
record UnwindStage(FieldPath path, FieldPath index, boolean keepEmpty) implements Stage {
  static UnwindStage parse(BsonValue value) {
    BsonDocument options = value.isString() ? new BsonDocument("path", value) : options(value);
    BsonValue path = options.get("path");
    if (path == null || !path.isString() || !path.asString().getValue().startsWith("$")) {
      throw Refusal.at(
          28818, "path option to $unwind stage should be prefixed with a '$': " + path);
    }
    BsonString index = options.getString("includeArrayIndex", new BsonString(""));
    boolean keepEmpty =
        options.getBoolean("preserveNullAndEmptyArrays", BsonBoolean.FALSE).getValue();
    return new UnwindStage(
        FieldPath.of(path.asString().getValue().substring(1)),
        index.getValue().isEmpty() ? null : FieldPath.of(index.getValue()),
        keepEmpty);
  }

  private static BsonDocument options(BsonValue value) {
    if (!value.isDocument()) {
      throw Refusal.at(15981, "expected either a string or an object as specification for $unwind");
    }
    for (String option : value.asDocument().keySet()) {
      if (!List.of("path", "includeArrayIndex", "preserveNullAndEmptyArrays").contains(option)) {
        throw Refusal.at(28811, "unrecognized option to $unwind stage: " + option);
      }
    }
    return value.asDocument();
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.flatMap(input, this::unwind);
  }

  private Iterator<Row> unwind(Row row) {
    BsonValue value = path.value(row.document());
    if (value == null || value.isNull() || value.isArray() && value.asArray().isEmpty()) {
      boolean remove = value != null && value.isArray();
      return keepEmpty
          ? List.of(made(row, remove ? null : value, BsonNull.VALUE)).iterator()
          : Collections.emptyIterator();
    }
    if (!value.isArray()) {
      return List.of(made(row, value, BsonNull.VALUE)).iterator();
    }
    BsonArray elements = value.asArray();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      rows.add(made(row, elements.get(i), new BsonInt64(i)));
    }
    return rows.iterator();
  }

  private Row made(Row row, BsonValue value, BsonValue position) {
    FieldTree fields = new FieldTree();
    fields.put(path, scope -> value);
    if (index != null) {
      fields.put(index, scope -> position);
    }
    return row.with(fields.add(row.document(), Scope.of(row)));
  }
}
