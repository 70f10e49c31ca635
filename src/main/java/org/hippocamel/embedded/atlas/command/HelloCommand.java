package org.hippocamel.embedded.atlas.command;

import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;

/**
 * The handshake. It says standalone and names no session timeout, so that drivers ask for neither
 * sessions nor retryable writes nor transactions.
 */
final class HelloCommand implements Command {
  /** MongoDB 7.0's; drivers from 2020 on accept it, and it has every command we answer. */
  private static final int MAX_WIRE_VERSION = 21;

  private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
  private static final int MAX_MESSAGE_BYTES = 48_000_000;
  private static final int MAX_BATCH = 100_000;

  @Override
  public BsonDocument run(Request request) {
    boolean modern = request.name().equals("hello");
    return new BsonDocument("helloOk", BsonBoolean.TRUE)
        .append(modern ? "isWritablePrimary" : "ismaster", BsonBoolean.TRUE)
        .append("maxBsonObjectSize", new BsonInt32(MAX_DOCUMENT_BYTES))
        .append("maxMessageSizeBytes", new BsonInt32(MAX_MESSAGE_BYTES))
        .append("maxWriteBatchSize", new BsonInt32(MAX_BATCH))
        .append("localTime", new BsonDateTime(System.currentTimeMillis()))
        .append("connectionId", new BsonInt64(request.connectionId()))
        .append("minWireVersion", new BsonInt32(0))
        .append("maxWireVersion", new BsonInt32(MAX_WIRE_VERSION))
        .append("readOnly", BsonBoolean.FALSE);
  }
}
