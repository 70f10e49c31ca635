package org.hippocamel.embedded.atlas.command;

import org.bson.BsonDocument;

/** getMore */
final class GetMoreCommand implements Command {
  private final Cursors cursors;

  GetMoreCommand(Cursors cursors) {
    this.cursors = cursors;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow("collection", "batchSize");
    if (!request.required("getMore").isInt64()) {
      throw request.wrongType("getMore", request.required("getMore"), "long");
    }
    long size = request.count("batchSize", Long.MAX_VALUE);
    String namespace = request.database() + "." + request.string("collection");
    long id = request.required("getMore").asInt64().getValue();
    return cursors.next(namespace, id, size == 0 ? Long.MAX_VALUE : size);
  }
}
