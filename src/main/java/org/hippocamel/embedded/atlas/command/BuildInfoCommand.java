package org.hippocamel.embedded.atlas.command;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** The version that tools look at; the suffix says whose it is. */
final class BuildInfoCommand implements Command {
  @Override
  public BsonDocument run(Request request) {
    return new BsonDocument("version", new BsonString("8.0.0-hippocamel"))
        .append("gitVersion", new BsonString("hippocamel"))
        .append("modules", new BsonArray())
        .append(
            "versionArray",
            new BsonArray(
                List.of(new BsonInt32(8), new BsonInt32(0), new BsonInt32(0), new BsonInt32(0))))
        .append("bits", new BsonInt32(64))
        .append("debug", BsonBoolean.FALSE)
        .append("maxBsonObjectSize", new BsonInt32(16 * 1024 * 1024))
        .append("storageEngines", new BsonArray(List.of(new BsonString("mvstore"))));
  }
}
