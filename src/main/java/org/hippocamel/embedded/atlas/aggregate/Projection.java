package org.hippocamel.embedded.atlas.aggregate;

import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Refusal;

/** What find's projection and $project make of a document: chosen fields, or all but some. */
public final class Projection {
  private static final String ID = "_id";

  private final FieldTree fields = new FieldTree();
  private Boolean including;
  private Boolean id;

  private Projection() {}

  /** An empty projection leaves documents as they are. */
  public static Projection parse(BsonDocument specification) {
    Projection projection = new Projection();
    specification.forEach((name, value) -> projection.field(name, value));
    projection.placeId();
    return projection;
  }

  private void field(String name, BsonValue value) {
    if (isFlag(value)) {
      flag(name, Expression.truthy(value));
    } else if (value.isDocument() && !isOperator(value.asDocument())) {
      if (value.asDocument().isEmpty()) {
        throw Refusal.at(51270, "An empty sub-projection is not a valid value. Found: " + name);
      }
      for (Map.Entry<String, BsonValue> inner : value.asDocument().entrySet()) {
        field(name + "." + inner.getKey(), inner.getValue());
      }
    } else {
      decide(true, name);
      id = name.equals(ID) ? Boolean.TRUE : id;
      fields.put(path(name), Expression.parse(value));
    }
  }

  private static boolean isFlag(BsonValue value) {
    return value.isNumber() || value.isBoolean();
  }

  private static boolean isOperator(BsonDocument value) {
    return !value.isEmpty() && value.getFirstKey().startsWith("$");
  }

  private void flag(String name, boolean include) {
    if (name.equals(ID)) {
      id = include;
      return;
    }
    decide(include, name);
    fields.put(path(name), null);
  }

  private static FieldPath path(String name) {
    if (name.startsWith("$") || name.contains(".$")) {
      throw Refusal.at(16410, "FieldPath field names may not start with '$'. Found '" + name + "'");
    }
    return FieldPath.of(name);
  }

  private void decide(boolean include, String name) {
    if (including != null && including != include) {
      throw include
          ? Refusal.at(31253, "Cannot do inclusion on field " + name + " in exclusion projection")
          : Refusal.at(31254, "Cannot do exclusion on field " + name + " in inclusion projection");
    }
    including = include;
  }

  /** Unless told otherwise, _id is part of every inclusion and never of an exclusion. */
  private void placeId() {
    including = including == null ? Boolean.TRUE.equals(id) : including;
    boolean mark = including ? !Boolean.FALSE.equals(id) : Boolean.FALSE.equals(id);
    try {
      if (mark) {
        fields.put(FieldPath.of(ID), null);
      }
    } catch (Refusal computed) {
      // {_id: <expression>} or {"_id.x": 1} has said what becomes of it
    }
  }

  public BsonDocument apply(Row row) {
    if (fields.isEmpty()) {
      return row.document();
    }
    return including
        ? fields.include(row.document(), Scope.of(row))
        : fields.exclude(row.document());
  }
}
