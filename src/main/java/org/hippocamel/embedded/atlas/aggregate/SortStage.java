package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.query.TopSort;
import org.hippocamel.embedded.atlas.store.Documents;

/**
 * $sort
 *
 * @param limit how many rows the stages behind it take; 0 for all
 */
record SortStage(SortOrder order, long limit) implements Stage {
  static SortStage parse(BsonValue value) {
    if (!value.isDocument()) {
      throw Refusal.at(15973, "the $sort key specification must be an object");
    }
    BsonDocument sort = value.asDocument();
    if (sort.isEmpty()) {
      throw Refusal.at(15976, "$sort stage must have at least one sort key");
    }
    return new SortStage(SortOrder.parse(sort), 0);
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    TopSort sort = new TopSort(order, limit);
    return Rows.later(() -> sort.sort(input, Row::document, row -> Documents.size(row.document())));
  }
}
