package org.hippocamel.embedded.atlas.command;

import java.util.Collections;
import java.util.Iterator;
import org.bson.BsonDocument;
import org.hippocamel.embedded.atlas.aggregate.Projection;
import org.hippocamel.embedded.atlas.aggregate.Row;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.query.TopSort;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.store.Documents;
import org.hippocamel.embedded.atlas.store.Stored;

/** find */
final class FindCommand implements Command {
  private final DocumentStore store;
  private final Cursors cursors;

  FindCommand(DocumentStore store, Cursors cursors) {
    this.store = store;
    this.cursors = cursors;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow(
        "filter",
        "sort",
        "skip",
        "limit",
        "projection",
        "batchSize",
        "singleBatch",
        "allowDiskUse");
    String namespace = request.namespace();
    Filter filter = Filter.parse(request.document("filter"));
    SortOrder sort = SortOrder.parse(request.document("sort"));
    Projection projection = Projection.parse(request.document("projection"));
    long skip = request.count("skip", 0);
    long limit = request.count("limit", 0);
    Iterator<Stored> found =
        sorted(store.collection(namespace), filter, sort, limit == 0 ? 0 : skip + limit);
    for (long i = 0; i < skip && found.hasNext(); i++) {
      found.next();
    }
    return cursors.first(
        namespace,
        new Projected(found, projection, limit == 0 ? Long.MAX_VALUE : limit),
        request.count("batchSize", Cursors.FIRST_BATCH),
        request.flag("singleBatch", false));
  }

  /** Matching documents in order; the first {@code wanted} of them are enough, 0 is all. */
  static Iterator<Stored> sorted(
      DocumentCollection collection, Filter filter, SortOrder sort, long wanted) {
    if (collection == null) {
      return Collections.emptyIterator();
    }
    if (collection.sorts(filter, sort)) {
      return collection.find(filter, sort);
    }
    return new TopSort(sort, wanted)
        .sort(
            collection.find(filter, SortOrder.NONE),
            Stored::document,
            stored -> Documents.size(stored.document()));
  }

  /** The first documents, each through the projection. */
  private static final class Projected implements Iterator<BsonDocument> {
    private final Iterator<Stored> found;
    private final Projection projection;
    private long left;

    Projected(Iterator<Stored> found, Projection projection, long limit) {
      this.found = found;
      this.projection = projection;
      this.left = limit;
    }

    @Override
    public boolean hasNext() {
      return left > 0 && found.hasNext();
    }

    @Override
    public BsonDocument next() {
      left--;
      return projection.apply(new Row(found.next().document(), null));
    }
  }
}
