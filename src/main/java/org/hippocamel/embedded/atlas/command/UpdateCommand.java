package org.hippocamel.embedded.atlas.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.store.Documents;
import org.hippocamel.embedded.atlas.store.Stored;
import org.hippocamel.embedded.atlas.update.Update;

/** update */
final class UpdateCommand implements Command {
  private final DocumentStore store;

  UpdateCommand(DocumentStore store) {
    this.store = store;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow("updates", "ordered", "bypassDocumentValidation");
    String namespace = request.namespace();
    WriteBatch batch = new WriteBatch(request.flag("ordered", true));
    return store.write(
        () -> {
          int[] modified = new int[1];
          batch.run(
              request.documents("updates"),
              raw -> modified[0] += run(namespace, UpdateStatement.parse(raw), batch));
          return batch.reply().append("nModified", new BsonInt32(modified[0]));
        });
  }

  /** How many documents changed. */
  private int run(String namespace, UpdateStatement statement, WriteBatch batch) {
    DocumentCollection collection = store.collection(namespace);
    List<Stored> found = collection == null ? List.of() : found(collection, statement);
    if (found.isEmpty() && statement.upsert()) {
      collection = store.collectionOrCreate(namespace);
      batch.upserted(Upsert.into(collection, statement.filter(), statement.update()).get("_id"));
      return 0;
    }
    int modified = 0;
    for (Stored stored : found) {
      modified += apply(collection, stored, statement.update()) ? 1 : 0;
      batch.matched(1);
    }
    return modified;
  }

  private static List<Stored> found(DocumentCollection collection, UpdateStatement statement) {
    Iterator<Stored> matching = collection.find(statement.filter(), SortOrder.NONE);
    List<Stored> found = new ArrayList<>();
    while ((statement.multi() || found.isEmpty()) && matching.hasNext()) {
      found.add(matching.next());
    }
    return found;
  }

  /** Whether the document is another one afterwards. */
  static boolean apply(DocumentCollection collection, Stored stored, Update update) {
    BsonDocument changed = Documents.raw(update.apply(stored.document()));
    if (changed.equals(stored.document())) {
      return false;
    }
    collection.replace(stored, changed);
    return true;
  }
}
