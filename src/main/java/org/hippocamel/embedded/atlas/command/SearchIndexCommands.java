package org.hippocamel.embedded.atlas.command;

import java.util.Map;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.search.SearchException;
import org.hippocamel.embedded.atlas.search.SearchIndexes;
import org.hippocamel.embedded.atlas.store.DocumentStore;

/** createSearchIndexes, updateSearchIndex and dropSearchIndex */
final class SearchIndexCommands {
  private final DocumentStore store;
  private final SearchIndexes indexes;

  SearchIndexCommands(DocumentStore store, SearchIndexes indexes) {
    this.store = store;
    this.indexes = indexes;
  }

  void register(Map<String, Command> commands) {
    commands.put("createSearchIndexes", this::create);
    commands.put("updateSearchIndex", this::update);
    commands.put("dropSearchIndex", this::drop);
  }

  private BsonDocument create(Request request) {
    request.allow("indexes");
    String namespace = existing(request);
    BsonArray created = new BsonArray();
    for (BsonDocument index : request.documents("indexes")) {
      Request.allow("createSearchIndexes.indexes", index, "name", "type", "definition");
      String name = text(index, "name", "default");
      String type = text(index, "type", null);
      BsonDocument definition = definition(index.get("definition"));
      String id = answered(() -> indexes.create(namespace, name, type, definition));
      created.add(new BsonDocument("id", new BsonString(id)).append("name", new BsonString(name)));
    }
    return new BsonDocument("indexesCreated", created);
  }

  private BsonDocument update(Request request) {
    request.allow("name", "id", "definition");
    String namespace = existing(request);
    BsonDocument definition = definition(request.required("definition"));
    String index = nameOrId(request);
    answered(
        () -> {
          indexes.update(namespace, index, definition);
          return null;
        });
    return new BsonDocument();
  }

  private BsonDocument drop(Request request) {
    request.allow("name", "id");
    String namespace = existing(request);
    String index = nameOrId(request);
    answered(
        () -> {
          indexes.drop(namespace, index);
          return null;
        });
    return new BsonDocument();
  }

  private String existing(Request request) {
    String namespace = request.namespace();
    if (store.collection(namespace) == null) {
      throw ErrorCode.NAMESPACE_NOT_FOUND.because("Collection '" + namespace + "' does not exist.");
    }
    return namespace;
  }

  private static String nameOrId(Request request) {
    if (request.has("name") == request.has("id")) {
      throw ErrorCode.INVALID_OPTIONS.because(
          "exactly one of 'name' and 'id' must be given to " + request.name());
    }
    return request.string(request.has("name") ? "name" : "id");
  }

  private static String text(BsonDocument index, String field, String absent) {
    BsonValue value = index.get(field);
    if (value == null) {
      return absent;
    }
    if (!value.isString()) {
      throw ErrorCode.TYPE_MISMATCH.because(
          "BSON field 'createSearchIndexes.indexes." + field + "' must be a string");
    }
    return value.asString().getValue();
  }

  private static BsonDocument definition(BsonValue definition) {
    if (definition == null || !definition.isDocument()) {
      throw ErrorCode.BAD_VALUE.because("\"definition\" is required and must be a document");
    }
    return definition.asDocument();
  }

  private static <T> T answered(Supplier<T> call) {
    try {
      return call.get();
    } catch (SearchException e) {
      throw new Refusal(e.code(), e.codeName(), e.getMessage(), new BsonDocument());
    }
  }
}
