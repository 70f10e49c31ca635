package org.hippocamel.embedded.atlas.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.hippocamel.embedded.atlas.query.ErrorCode;

/**
 * Which collections and indexes exist and in which maps of the file they live: {@code records.7},
 * {@code index.9}; the numbers are never used twice.
 */
final class Catalog {
  private static final String NEXT = "next";

  private final MVStore file;
  private final DocumentStore store;
  private final MVMap<String, byte[]> entries;
  private final MVMap<String, Long> numbers;
  private final Map<String, DocumentCollection> open = new ConcurrentSkipListMap<>();

  Catalog(MVStore file, DocumentStore store) {
    this.file = file;
    this.store = store;
    this.entries = StoreFile.map(file, "catalog");
    this.numbers = StoreFile.map(file, "numbers");
  }

  void load() {
    entries.forEach((namespace, bytes) -> load(namespace, new RawBsonDocument(bytes)));
  }

  private void load(String namespace, BsonDocument entry) {
    DocumentCollection collection = open(entry.getInt32("id").getValue(), namespace);
    for (BsonValue value : entry.getArray("indexes")) {
      BsonDocument stored = value.asDocument();
      SecondaryIndex index = index(stored.getInt32("id").getValue(), IndexDefinition.of(stored));
      index.multikey(stored.containsKey("multikey"));
      collection.secondaryIndexes().add(index);
    }
    open.put(namespace, collection);
  }

  /** Null when there is none. */
  DocumentCollection get(String namespace) {
    return open.get(namespace);
  }

  Set<String> namespaces() {
    return open.keySet();
  }

  List<DocumentCollection> collections() {
    return List.copyOf(open.values());
  }

  DocumentCollection create(String namespace) {
    DocumentCollection collection = open(number(), namespace);
    collection.secondaryIndexes().add(index(number(), IndexDefinition.ID));
    save(collection);
    open.put(namespace, collection);
    return collection;
  }

  void drop(DocumentCollection collection) {
    open.remove(collection.namespace());
    entries.remove(collection.namespace());
    collection.secondaryIndexes().forEach(index -> file.removeMap(index.entries()));
    file.removeMap(collection.records());
  }

  void createIndex(DocumentCollection collection, IndexDefinition definition) {
    SecondaryIndex index = index(number(), definition);
    try {
      collection.build(index);
    } catch (RuntimeException refused) {
      file.removeMap(index.entries());
      throw refused;
    }
    collection.secondaryIndexes().add(index);
    save(collection);
  }

  void dropIndex(DocumentCollection collection, String name) {
    SecondaryIndex index =
        collection.secondaryIndexes().stream()
            .filter(one -> one.definition().name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    ErrorCode.INDEX_NOT_FOUND.because("index not found with name [" + name + "]"));
    collection.secondaryIndexes().remove(index);
    save(collection);
    file.removeMap(index.entries());
  }

  void save(DocumentCollection collection) {
    List<BsonDocument> indexes = new ArrayList<>();
    for (SecondaryIndex index : collection.secondaryIndexes()) {
      BsonDocument document = index.definition().toDocument();
      document.append("id", new BsonInt32(index.id()));
      if (index.definition().isId()) {
        document.append("unique", BsonBoolean.TRUE);
      }
      if (index.multikey()) {
        document.append("multikey", BsonBoolean.TRUE);
      }
      indexes.add(document);
    }
    BsonDocument entry =
        new BsonDocument("id", new BsonInt32(collection.id()))
            .append("indexes", new BsonArray(indexes));
    entries.put(collection.namespace(), Documents.bytes(Documents.raw(entry)));
  }

  private int number() {
    long next = numbers.getOrDefault(NEXT, 1L);
    numbers.put(NEXT, next + 1);
    return (int) next;
  }

  private DocumentCollection open(int id, String namespace) {
    MVMap<Long, byte[]> records = StoreFile.map(file, "records." + id);
    return new DocumentCollection(id, namespace, records, store);
  }

  private SecondaryIndex index(int id, IndexDefinition definition) {
    MVMap<byte[], byte[]> entries = StoreFile.map(file, "index." + id);
    return new SecondaryIndex(id, definition, entries);
  }
}
