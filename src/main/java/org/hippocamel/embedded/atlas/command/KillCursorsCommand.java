package org.hippocamel.embedded.atlas.command;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** killCursors */
final class KillCursorsCommand implements Command {
  private final Cursors cursors;

  KillCursorsCommand(Cursors cursors) {
    this.cursors = cursors;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow("cursors");
    BsonArray killed = new BsonArray();
    BsonArray unknown = new BsonArray();
    for (BsonValue id : request.array("cursors")) {
      boolean open = id.isInt64() && cursors.kill(id.asInt64().getValue());
      (open ? killed : unknown).add(id);
    }
    return new BsonDocument("cursorsKilled", killed)
        .append("cursorsNotFound", unknown)
        .append("cursorsAlive", new BsonArray())
        .append("cursorsUnknown", new BsonArray());
  }
}
