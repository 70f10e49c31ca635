package org.hippocamel.embedded.atlas.command;

import org.bson.BsonDocument;

/** A database command: the fields of its reply, without {@code ok}. */
interface Command {
  BsonDocument run(Request request);
}
