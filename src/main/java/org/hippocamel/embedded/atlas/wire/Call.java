package org.hippocamel.embedded.atlas.wire;

import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * One request: a command document, and the long lists that travel beside it.
 *
 * @param sequences OP_MSG sections of kind 1, such as the documents of an insert
 */
public record Call(BsonDocument body, Map<String, List<RawBsonDocument>> sequences) {}
