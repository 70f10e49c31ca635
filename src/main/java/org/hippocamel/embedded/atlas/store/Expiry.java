package org.hippocamel.embedded.atlas.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.SortOrder;

/** Removes documents whose date in a TTL index lies far enough back. */
public final class Expiry {
  /** Other writers get their turn between two of these. */
  private static final int AT_A_TIME = 500;

  private final DocumentStore store;
  private final Clock clock;

  public Expiry(DocumentStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  public void sweep() {
    for (DocumentCollection collection : store.collections()) {
      for (IndexDefinition index : collection.indexes()) {
        if (index.expireAfterSeconds() != null) {
          sweep(collection, index);
        }
      }
    }
  }

  private void sweep(DocumentCollection collection, IndexDefinition index) {
    long deadline = clock.millis() - index.expireAfterSeconds() * 1000;
    BsonDocument past = new BsonDocument("$lte", new BsonDateTime(deadline));
    Filter expired = Filter.parse(new BsonDocument(index.fields().get(0), past));
    while (collection.find(expired, SortOrder.NONE).hasNext()) {
      boolean gone = store.write(() -> delete(collection, expired));
      if (gone) {
        return;
      }
    }
  }

  /** Whether there is nothing left to delete. */
  private boolean delete(DocumentCollection collection, Filter expired) {
    if (store.collection(collection.namespace()) != collection) {
      return true;
    }
    Iterator<Stored> found = collection.find(expired, SortOrder.NONE);
    List<Stored> doomed = new ArrayList<>();
    while (found.hasNext() && doomed.size() < AT_A_TIME) {
      doomed.add(found.next());
    }
    doomed.forEach(collection::delete);
    return doomed.isEmpty();
  }
}
