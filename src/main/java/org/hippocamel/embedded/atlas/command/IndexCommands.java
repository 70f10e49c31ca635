package org.hippocamel.embedded.atlas.command;

import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.store.IndexDefinition;

/** createIndexes, listIndexes and dropIndexes */
final class IndexCommands {
  private final DocumentStore store;
  private final Cursors cursors;

  IndexCommands(DocumentStore store, Cursors cursors) {
    this.store = store;
    this.cursors = cursors;
  }

  void register(Map<String, Command> commands) {
    commands.put("createIndexes", this::create);
    commands.put("listIndexes", this::list);
    commands.put("dropIndexes", this::drop);
  }

  private BsonDocument create(Request request) {
    request.allow("indexes", "commitQuorum");
    String namespace = request.namespace();
    List<IndexDefinition> wanted =
        request.documents("indexes").stream().map(IndexSpecification::parse).toList();
    if (wanted.isEmpty()) {
      throw ErrorCode.BAD_VALUE.because("Must specify at least one index to create");
    }
    return store.write(
        () -> {
          boolean made = store.collection(namespace) == null;
          DocumentCollection collection = store.collectionOrCreate(namespace);
          int before = collection.indexes().size();
          for (IndexDefinition definition : wanted) {
            if (isNew(collection, definition)) {
              store.createIndex(collection, definition);
            }
          }
          int after = collection.indexes().size();
          BsonDocument reply =
              new BsonDocument("numIndexesBefore", new BsonInt32(before))
                  .append("numIndexesAfter", new BsonInt32(after))
                  .append("createdCollectionAutomatically", BsonBoolean.valueOf(made));
          return before == after
              ? reply.append("note", new BsonString("all indexes already exist"))
              : reply;
        });
  }

  private static boolean isNew(DocumentCollection collection, IndexDefinition wanted) {
    for (IndexDefinition existing : collection.indexes()) {
      boolean sameName = existing.name().equals(wanted.name());
      boolean sameKey =
          existing.fields().equals(wanted.fields())
              && BsonComparator.equal(existing.key(), wanted.key());
      if (sameKey && existing.isId()) {
        return false;
      }
      boolean sameOptions = existing.toDocument().equals(wanted.toDocument());
      if (sameName && sameKey && sameOptions) {
        return false;
      }
      if (sameName && !sameKey) {
        throw ErrorCode.INDEX_KEY_SPECS_CONFLICT.because(
            "An existing index has the same name as the requested index. When index names are not"
                + " specified, they are auto generated and can cause conflicts. Requested index: "
                + wanted.toDocument().toJson()
                + ", existing index: "
                + existing.toDocument().toJson());
      }
      if (sameKey) {
        throw ErrorCode.INDEX_OPTIONS_CONFLICT.because(
            "An equivalent index already exists with a different name or options. Requested index: "
                + wanted.toDocument().toJson()
                + ", existing index: "
                + existing.toDocument().toJson());
      }
    }
    return true;
  }

  private BsonDocument list(Request request) {
    request.allow("cursor");
    DocumentCollection collection = existing(request);
    return cursors.first(
        collection.namespace(),
        collection.indexes().stream().map(IndexDefinition::toDocument).iterator(),
        AggregateCommand.batchSize(request),
        false);
  }

  private DocumentCollection existing(Request request) {
    String namespace = request.namespace();
    DocumentCollection collection = store.collection(namespace);
    if (collection == null) {
      throw ErrorCode.NAMESPACE_NOT_FOUND.because("ns does not exist: " + namespace);
    }
    return collection;
  }

  private BsonDocument drop(Request request) {
    request.allow("index");
    BsonValue index = request.required("index");
    return store.write(
        () -> {
          DocumentCollection collection = existing(request);
          int before = collection.indexes().size();
          names(collection, index).forEach(name -> store.dropIndex(collection, name));
          return new BsonDocument("nIndexesWas", new BsonInt32(before));
        });
  }

  private static List<String> names(DocumentCollection collection, BsonValue index) {
    if (index.isString() && index.asString().getValue().equals("*")) {
      return collection.indexes().stream()
          .filter(one -> !one.isId())
          .map(IndexDefinition::name)
          .toList();
    }
    List<BsonValue> wanted =
        index.isArray() ? new BsonArray(index.asArray()).getValues() : List.of(index);
    return wanted.stream().map(one -> name(collection, one)).toList();
  }

  private static String name(DocumentCollection collection, BsonValue index) {
    IndexDefinition found =
        collection.indexes().stream()
            .filter(
                one ->
                    index.isDocument()
                        ? BsonComparator.equal(one.key(), index)
                        : index.equals(new BsonString(one.name())))
            .findFirst()
            .orElseThrow(
                () ->
                    ErrorCode.INDEX_NOT_FOUND.because(
                        index.isDocument()
                            ? "can't find index with key: " + index.asDocument().toJson()
                            : "index not found with name [" + index.asString().getValue() + "]"));
    if (found.isId()) {
      throw ErrorCode.INVALID_OPTIONS.because("cannot drop _id index");
    }
    return found.name();
  }
}
