package org.hippocamel.embedded.atlas.wire;

import org.bson.BsonDocument;

/** Answers calls, on the thread of the connection that they came in by. */
public interface CallHandler {
  /** The reply; a failure is a reply as well, this throws nothing. */
  BsonDocument handle(Call call, long connectionId);
}
