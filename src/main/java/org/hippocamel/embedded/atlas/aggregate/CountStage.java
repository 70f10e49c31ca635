package org.hippocamel.embedded.atlas.aggregate;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Refusal;

/** $count */
record CountStage(String name) implements Stage {
  static CountStage parse(BsonValue value) {
    String name = value.isString() ? value.asString().getValue() : "";
    if (name.isEmpty() || name.startsWith("$") || name.contains(".")) {
      throw Refusal.at(
          40156, "the count field must be a non-empty string without '$' in front and without '.'");
    }
    return new CountStage(name);
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.later(() -> count(input));
  }

  private Iterator<Row> count(Iterator<Row> input) {
    long count = 0;
    for (; input.hasNext(); count++) {
      input.next();
    }
    BsonValue number = count == (int) count ? new BsonInt32((int) count) : new BsonInt64(count);
    return count == 0
        ? Collections.emptyIterator()
        : List.of(new Row(new BsonDocument(name, number), null)).iterator();
  }
}
