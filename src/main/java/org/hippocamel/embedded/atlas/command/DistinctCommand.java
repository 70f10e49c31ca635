package org.hippocamel.embedded.atlas.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.store.Stored;

/** distinct; an array counts as its elements, a missing field as nothing. */
final class DistinctCommand implements Command {
  private final DocumentStore store;

  DistinctCommand(DocumentStore store) {
    this.store = store;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow("key", "query");
    FieldPath path = FieldPath.of(request.string("key"));
    Filter filter = Filter.parse(request.document("query"));
    DocumentCollection collection = store.collection(request.namespace());
    Set<BsonValue> values = new TreeSet<>(BsonComparator.INSTANCE);
    if (collection != null) {
      Iterator<Stored> found = collection.find(filter, SortOrder.NONE);
      while (found.hasNext()) {
        path.any(found.next().document(), value -> add(value, values));
      }
    }
    return new BsonDocument("values", new BsonArray(new ArrayList<>(values)));
  }

  private static boolean add(BsonValue value, Set<BsonValue> values) {
    if (value != null && value.isArray()) {
      values.addAll(value.asArray());
    } else if (value != null) {
      values.add(value);
    }
    return false;
  }
}
