package org.hippocamel.embedded.atlas.command;

import org.bson.BsonDocument;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.update.Update;
import org.hippocamel.embedded.atlas.update.UpsertSeed;

/** Inserts what an update with {@code upsert: true} did not find. */
final class Upsert {
  private Upsert() {}

  /** The inserted document, with its _id. */
  static BsonDocument into(DocumentCollection collection, Filter filter, Update update) {
    BsonDocument document = InsertCommand.withId(update.insert(UpsertSeed.of(filter)));
    collection.insert(document);
    return document;
  }
}
