package org.hippocamel.embedded.atlas.command;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.search.SearchIndexes;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.wire.Call;
import org.hippocamel.embedded.atlas.wire.CallHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All commands by name; an unknown one is refused with CommandNotFound. */
public final class Commands implements CallHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private final Map<String, Command> commands = new TreeMap<>();

  public Commands(DocumentStore store, SearchIndexes indexes, Cursors cursors) {
    handshake();
    commands.put("insert", new InsertCommand(store));
    commands.put("update", new UpdateCommand(store));
    commands.put("delete", new DeleteCommand(store));
    commands.put("find", new FindCommand(store, cursors));
    commands.put("findAndModify", new FindAndModifyCommand(store));
    commands.put("findandmodify", new FindAndModifyCommand(store));
    commands.put("count", new CountCommand(store));
    commands.put("distinct", new DistinctCommand(store));
    commands.put("aggregate", new AggregateCommand(store, indexes, cursors));
    commands.put("getMore", new GetMoreCommand(cursors));
    commands.put("killCursors", new KillCursorsCommand(cursors));
    new CollectionCommands(store, indexes, cursors).register(commands);
    new IndexCommands(store, cursors).register(commands);
    new SearchIndexCommands(store, indexes).register(commands);
  }

  private void handshake() {
    HelloCommand hello = new HelloCommand();
    commands.put("hello", hello);
    commands.put("ismaster", hello);
    commands.put("ping", request -> new BsonDocument());
    commands.put("endSessions", request -> new BsonDocument());
    commands.put("buildInfo", new BuildInfoCommand());
    commands.put("buildinfo", new BuildInfoCommand());
  }

  @Override
  public BsonDocument handle(Call call, long connectionId) {
    if (call.body().isEmpty()) {
      return failure(ErrorCode.FAILED_TO_PARSE.because("a command document cannot be empty"));
    }
    try {
      Request request = new Request(call, connectionId);
      return command(request).run(request).append("ok", new BsonDouble(1));
    } catch (Refusal refusal) {
      return failure(refusal);
    } catch (BsonInvalidOperationException wrongType) {
      return failure(ErrorCode.TYPE_MISMATCH.because(wrongType.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("the command {} failed", call.body().getFirstKey(), e);
      return failure(ErrorCode.INTERNAL_ERROR.because("internal error: " + e));
    }
  }

  private Command command(Request request) {
    String name = request.name();
    Command command = commands.get(name);
    if (command == null && name.toLowerCase(Locale.ROOT).equals("ismaster")) {
      command = commands.get("ismaster");
    }
    if (command == null) {
      throw ErrorCode.COMMAND_NOT_FOUND.because("no such command: '" + name + "'");
    }
    BsonValue database = request.body().get("$db");
    if (database == null || !database.isString()) {
      throw Refusal.at(40571, "OP_MSG requests require a $db argument");
    }
    return command;
  }

  private static BsonDocument failure(Refusal refusal) {
    BsonDocument reply =
        new BsonDocument("ok", new BsonDouble(0))
            .append("errmsg", new BsonString(refusal.getMessage()))
            .append("code", new BsonInt32(refusal.code()))
            .append("codeName", new BsonString(refusal.codeName()));
    reply.putAll(refusal.details());
    return reply;
  }
}
