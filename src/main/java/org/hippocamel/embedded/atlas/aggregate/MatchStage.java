package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.Refusal;

/** $match */
record MatchStage(Filter filter) implements Stage {
  static MatchStage parse(BsonValue value) {
    if (!value.isDocument()) {
      throw Refusal.at(15959, "the match filter must be an expression in an object");
    }
    return new MatchStage(Filter.parse(value.asDocument()));
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.filter(input, row -> filter.matches(row.document()));
  }
}
