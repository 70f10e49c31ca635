package org.hippocamel.embedded.atlas.command;

import java.util.Iterator;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.aggregate.Projection;
import org.hippocamel.embedded.atlas.aggregate.Row;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.store.Stored;
import org.hippocamel.embedded.atlas.update.Update;

/** findAndModify: finds one document and changes or removes it, with nobody in between. */
final class FindAndModifyCommand implements Command {
  private final DocumentStore store;

  FindAndModifyCommand(DocumentStore store) {
    this.store = store;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow(
        "query", "sort", "remove", "update", "new", "fields", "upsert", "bypassDocumentValidation");
    boolean remove = request.flag("remove", false);
    if (remove == request.has("update")) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          remove
              ? "Cannot specify both an update and remove=true"
              : "Either an update or remove=true must be specified");
    }
    boolean returnNew = request.flag("new", false);
    boolean upsert = request.flag("upsert", false);
    if (remove && (returnNew || upsert)) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "Cannot specify both " + (upsert ? "upsert=true" : "new=true") + " and remove=true");
    }
    Update update = remove ? null : Update.parse(request.required("update"));
    Filter filter = Filter.parse(request.document("query"));
    SortOrder sort = SortOrder.parse(request.document("sort"));
    Projection fields = Projection.parse(request.document("fields"));
    String namespace = request.namespace();
    return store.write(
        () -> {
          DocumentCollection collection = store.collection(namespace);
          Iterator<Stored> found = FindCommand.sorted(collection, filter, sort, 1);
          if (!found.hasNext()) {
            return upsert
                ? upserted(namespace, filter, update, returnNew, fields)
                : nothing(remove);
          }
          Stored stored = found.next();
          if (remove) {
            collection.delete(stored);
            return removed(fields, stored);
          }
          return updated(collection, stored, update, returnNew, fields);
        });
  }

  private BsonDocument upserted(
      String namespace, Filter filter, Update update, boolean returnNew, Projection fields) {
    BsonDocument made = Upsert.into(store.collectionOrCreate(namespace), filter, update);
    BsonDocument outcome =
        new BsonDocument("n", new BsonInt32(1))
            .append("updatedExisting", BsonBoolean.FALSE)
            .append("upserted", made.get("_id"));
    return reply(outcome, returnNew ? shown(made, fields) : BsonNull.VALUE);
  }

  private static BsonDocument updated(
      DocumentCollection collection,
      Stored stored,
      Update update,
      boolean returnNew,
      Projection fields) {
    UpdateCommand.apply(collection, stored, update);
    BsonDocument shown = returnNew ? collection.byId(stored.id()) : stored.document();
    BsonDocument outcome =
        new BsonDocument("n", new BsonInt32(1)).append("updatedExisting", BsonBoolean.TRUE);
    return reply(outcome, shown(shown, fields));
  }

  private static BsonDocument removed(Projection fields, Stored stored) {
    return reply(new BsonDocument("n", new BsonInt32(1)), shown(stored.document(), fields));
  }

  private static BsonDocument nothing(boolean remove) {
    BsonDocument outcome = new BsonDocument("n", new BsonInt32(0));
    return reply(
        remove ? outcome : outcome.append("updatedExisting", BsonBoolean.FALSE), BsonNull.VALUE);
  }

  private static BsonDocument shown(BsonDocument document, Projection fields) {
    return fields.apply(new Row(document, null));
  }

  private static BsonDocument reply(BsonDocument outcome, BsonValue value) {
    return new BsonDocument("lastErrorObject", outcome).append("value", value);
  }
}
