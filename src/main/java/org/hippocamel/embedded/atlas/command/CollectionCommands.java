package org.hippocamel.embedded.atlas.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.search.SearchIndexes;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.store.IndexDefinition;

/** create, drop, listCollections, listDatabases and dropDatabase */
final class CollectionCommands {
  private final DocumentStore store;
  private final SearchIndexes indexes;
  private final Cursors cursors;

  CollectionCommands(DocumentStore store, SearchIndexes indexes, Cursors cursors) {
    this.store = store;
    this.indexes = indexes;
    this.cursors = cursors;
  }

  void register(Map<String, Command> commands) {
    commands.put("create", this::create);
    commands.put("drop", this::drop);
    commands.put("listCollections", this::listCollections);
    commands.put("listDatabases", this::listDatabases);
    commands.put("dropDatabase", this::dropDatabase);
  }

  private BsonDocument create(Request request) {
    // Drivers say that a collection is not capped.
    request.allow("capped");
    if (request.flag("capped", false)) {
      throw ErrorCode.INVALID_OPTIONS.because("capped collections are not supported");
    }
    String namespace = request.namespace();
    store.write(() -> store.create(namespace));
    return new BsonDocument();
  }

  /** As in MongoDB 7, a collection that does not exist is as good as dropped. */
  private BsonDocument drop(Request request) {
    request.allow();
    DocumentCollection collection = store.collection(request.namespace());
    if (collection == null) {
      return new BsonDocument();
    }
    int count = collection.indexes().size();
    drop(collection);
    return new BsonDocument("nIndexesWas", new BsonInt32(count))
        .append("ns", new BsonString(collection.namespace()));
  }

  private void drop(DocumentCollection collection) {
    store.write(
        () -> {
          if (store.collection(collection.namespace()) == collection) {
            store.drop(collection);
          }
          return null;
        });
    indexes.dropAll(collection.namespace());
  }

  private BsonDocument listCollections(Request request) {
    request.allow("filter", "nameOnly", "authorizedCollections", "cursor");
    Filter filter = Filter.parse(request.document("filter"));
    boolean nameOnly = request.flag("nameOnly", false);
    List<BsonDocument> rows = new ArrayList<>();
    for (DocumentCollection collection : collections(request.database())) {
      BsonDocument row = row(collection);
      if (filter.matches(row)) {
        rows.add(nameOnly ? nameOnly(row) : row);
      }
    }
    return cursors.first(
        request.database() + ".$cmd.listCollections",
        rows.iterator(),
        AggregateCommand.batchSize(request),
        false);
  }

  private static BsonDocument row(DocumentCollection collection) {
    String name = Namespaces.collection(collection.namespace());
    BsonDocument idIndex = IndexDefinition.ID.toDocument();
    return new BsonDocument("name", new BsonString(name))
        .append("type", new BsonString("collection"))
        .append("options", new BsonDocument())
        .append("info", new BsonDocument("readOnly", BsonBoolean.FALSE))
        .append("idIndex", idIndex);
  }

  private static BsonDocument nameOnly(BsonDocument row) {
    return new BsonDocument("name", row.get("name")).append("type", row.get("type"));
  }

  private List<DocumentCollection> collections(String database) {
    return store.collections().stream()
        .filter(one -> Namespaces.database(one.namespace()).equals(database))
        .toList();
  }

  private BsonDocument listDatabases(Request request) {
    request.allow("filter", "nameOnly", "authorizedDatabases");
    Filter filter = Filter.parse(request.document("filter"));
    Map<String, BsonDocument> rows = new TreeMap<>();
    for (String namespace : new TreeSet<>(store.namespaces())) {
      String name = Namespaces.database(namespace);
      rows.put(name, new BsonDocument("name", new BsonString(name)));
    }
    boolean nameOnly = request.flag("nameOnly", false);
    BsonArray databases = new BsonArray();
    for (BsonDocument row : rows.values()) {
      if (!nameOnly) {
        row.append("sizeOnDisk", new BsonDouble(0)).append("empty", BsonBoolean.FALSE);
      }
      if (filter.matches(row)) {
        databases.add(row);
      }
    }
    return new BsonDocument("databases", databases);
  }

  private BsonDocument dropDatabase(Request request) {
    request.allow();
    collections(request.database()).forEach(this::drop);
    return new BsonDocument("dropped", new BsonString(request.database()));
  }
}
