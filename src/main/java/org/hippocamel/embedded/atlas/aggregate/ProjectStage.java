package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Refusal;

/** $project */
record ProjectStage(Projection projection) implements Stage {
  static ProjectStage parse(BsonValue value) {
    if (!value.isDocument()) {
      throw Refusal.at(15969, "$project specification must be an object");
    }
    if (value.asDocument().isEmpty()) {
      throw Refusal.at(
          51272,
          "Invalid $project :: caused by :: projection specification must have at least one"
              + " field");
    }
    return new ProjectStage(Projection.parse(value.asDocument()));
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.map(input, row -> row.with(projection.apply(row)));
  }
}
