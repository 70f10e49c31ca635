package org.hippocamel.embedded.atlas.command;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.TypeName;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;

/** insert */
final class InsertCommand implements Command {
  private final DocumentStore store;

  InsertCommand(DocumentStore store) {
    this.store = store;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow("documents", "ordered", "bypassDocumentValidation");
    String namespace = request.namespace();
    List<BsonDocument> documents = request.documents("documents");
    return store.write(
        () -> {
          DocumentCollection collection = store.collectionOrCreate(namespace);
          WriteBatch batch = new WriteBatch(request.flag("ordered", true));
          batch.run(
              documents,
              document -> {
                collection.insert(withId(document));
                batch.matched(1);
              });
          return batch.reply();
        });
  }

  /** The document with its _id in the first place, a new one if it has none. */
  static BsonDocument withId(BsonDocument document) {
    BsonValue id = document.get("_id");
    if (id != null) {
      requireValidId(id);
      if (document.getFirstKey().equals("_id")) {
        return document;
      }
    }
    BsonDocument complete =
        new BsonDocument("_id", id == null ? new BsonObjectId(new ObjectId()) : id);
    document.forEach(complete::putIfAbsent);
    return complete;
  }

  private static void requireValidId(BsonValue id) {
    switch (id.getBsonType()) {
      case ARRAY, REGULAR_EXPRESSION, UNDEFINED ->
          throw ErrorCode.INVALID_ID_FIELD.because(
              "The '_id' value cannot be of type " + TypeName.of(id));
      default -> {}
    }
  }
}
