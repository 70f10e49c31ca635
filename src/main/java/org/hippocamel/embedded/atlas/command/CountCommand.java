package org.hippocamel.embedded.atlas.command;

import java.util.Iterator;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;

/** count */
final class CountCommand implements Command {
  private final DocumentStore store;

  CountCommand(DocumentStore store) {
    this.store = store;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow("query", "limit", "skip");
    BsonDocument query = request.document("query");
    Filter filter = Filter.parse(query);
    DocumentCollection collection = store.collection(request.namespace());
    long matching = collection == null ? 0 : count(collection, query, filter);
    long count = Math.max(0, matching - request.count("skip", 0));
    long limit = request.count("limit", 0);
    return new BsonDocument(
        "n", new BsonInt32((int) (limit == 0 ? count : Math.min(limit, count))));
  }

  private static long count(DocumentCollection collection, BsonDocument query, Filter filter) {
    if (query.isEmpty()) {
      return collection.size();
    }
    long count = 0;
    for (Iterator<?> found = collection.find(filter, SortOrder.NONE); found.hasNext(); count++) {
      found.next();
    }
    return count;
  }
}
