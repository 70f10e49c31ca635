package org.hippocamel.embedded.atlas.aggregate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.Refusal;

/** $group; groups come out in the order of their _id. */
record GroupStage(Expression id, List<Field> fields) implements Stage {
  /** One accumulated field. */
  record Field(String name, Supplier<Accumulator> accumulator, Expression argument) {
    static Field parse(String name, BsonValue value) {
      if (!value.isDocument()) {
        throw Refusal.at(40234, "The field '" + name + "' must be an accumulator object");
      }
      if (name.contains(".")) {
        throw Refusal.at(40235, "The field name '" + name + "' cannot contain '.'");
      }
      if (value.asDocument().size() != 1) {
        throw Refusal.at(40238, "The field '" + name + "' must specify one accumulator");
      }
      String operator = value.asDocument().getFirstKey();
      return new Field(
          name, Accumulator.named(operator), Expression.parse(value.asDocument().get(operator)));
    }
  }

  static GroupStage parse(BsonValue value) {
    if (!value.isDocument()) {
      throw Refusal.at(15947, "a group's fields must be specified in an object");
    }
    BsonValue id = value.asDocument().get("_id");
    if (id == null) {
      throw Refusal.at(15955, "a group specification must include an _id");
    }
    List<Field> fields = new ArrayList<>();
    value
        .asDocument()
        .forEach(
            (name, field) -> {
              if (!name.equals("_id")) {
                fields.add(Field.parse(name, field));
              }
            });
    return new GroupStage(Expression.parse(id), fields);
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.later(() -> group(input));
  }

  private Iterator<Row> group(Iterator<Row> input) {
    Map<BsonValue, List<Accumulator>> groups = new TreeMap<>(BsonComparator.INSTANCE);
    while (input.hasNext()) {
      Scope scope = Scope.of(input.next());
      List<Accumulator> group =
          groups.computeIfAbsent(
              id.orNull(scope),
              key -> fields.stream().map(field -> field.accumulator().get()).toList());
      for (int i = 0; i < fields.size(); i++) {
        group.get(i).add(fields.get(i).argument().evaluate(scope));
      }
    }
    return Rows.map(groups.entrySet().iterator(), this::row);
  }

  private Row row(Map.Entry<BsonValue, List<Accumulator>> group) {
    BsonDocument document = new BsonDocument("_id", group.getKey());
    for (int i = 0; i < fields.size(); i++) {
      document.append(fields.get(i).name(), group.getValue().get(i).result());
    }
    return new Row(document, null);
  }
}
