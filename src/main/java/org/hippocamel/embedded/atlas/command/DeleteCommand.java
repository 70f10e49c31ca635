package org.hippocamel.embedded.atlas.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.store.Stored;

/** delete */
final class DeleteCommand implements Command {
  private final DocumentStore store;

  DeleteCommand(DocumentStore store) {
    this.store = store;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow("deletes", "ordered");
    String namespace = request.namespace();
    WriteBatch batch = new WriteBatch(request.flag("ordered", true));
    return store.write(
        () -> {
          batch.run(
              request.documents("deletes"),
              statement -> batch.matched(delete(namespace, statement)));
          return batch.reply();
        });
  }

  private int delete(String namespace, BsonDocument statement) {
    Request.allow("delete.deletes", statement, "q", "limit");
    Filter filter = UpdateStatement.filter("delete.deletes", statement);
    boolean one = limit(statement.get("limit")) == 1;
    DocumentCollection collection = store.collection(namespace);
    if (collection == null) {
      return 0;
    }
    Iterator<Stored> matching = collection.find(filter, SortOrder.NONE);
    List<Stored> doomed = new ArrayList<>();
    while ((!one || doomed.isEmpty()) && matching.hasNext()) {
      doomed.add(matching.next());
    }
    doomed.forEach(collection::delete);
    return doomed.size();
  }

  private static int limit(BsonValue limit) {
    if (limit == null || !limit.isNumber() || limit.asNumber().intValue() >> 1 != 0) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "The limit field in delete objects must be 0 or 1. Got " + limit);
    }
    return limit.asNumber().intValue();
  }
}
