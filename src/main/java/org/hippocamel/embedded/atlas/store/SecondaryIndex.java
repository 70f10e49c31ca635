package org.hippocamel.embedded.atlas.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.FieldPath;

/**
 * One index, the one on _id included: encoded values, then the record number.
 *
 * <pre>
 * index {tenant: 1, n: 1}            record
 * enc("acme") enc(1) 0000000000000007   7
 * enc("acme") enc(2) 0000000000000003   3
 * </pre>
 *
 * An entry may outlive its document's value after a crash; a reader therefore looks at the document
 * before it believes an entry.
 */
final class SecondaryIndex {
  static final int RECORD_BYTES = 8;

  private final int id;
  private final IndexDefinition definition;
  private final List<FieldPath> paths;
  private final MVMap<byte[], byte[]> entries;
  private volatile boolean multikey;

  SecondaryIndex(int id, IndexDefinition definition, MVMap<byte[], byte[]> entries) {
    this.id = id;
    this.definition = definition;
    this.paths = definition.fields().stream().map(FieldPath::of).toList();
    this.entries = entries;
  }

  int id() {
    return id;
  }

  IndexDefinition definition() {
    return definition;
  }

  MVMap<byte[], byte[]> entries() {
    return entries;
  }

  /** Whether some document ever had an array here: then a document may lie in several places. */
  boolean multikey() {
    return multikey;
  }

  void multikey(boolean value) {
    multikey = value;
  }

  /** The encoded values of a document, without record number. */
  Collection<byte[]> keys(BsonDocument document) {
    if (paths.size() == 1) {
      return single(document);
    }
    long arrays = paths.stream().filter(path -> path.crossesArray(document)).count();
    if (arrays > 1) {
      throw ErrorCode.CANNOT_INDEX_PARALLEL_ARRAYS.because(
          "cannot index parallel arrays in the fields of " + definition.key().toJson());
    }
    List<byte[]> prefixes = List.of(new byte[0]);
    for (FieldPath path : paths) {
      List<byte[]> longer = new ArrayList<>();
      for (BsonValue value : path.keys(document)) {
        prefixes.forEach(p -> longer.add(new KeyEncoder().putAll(p).add(value).toBytes()));
      }
      prefixes = longer;
    }
    return distinct(prefixes);
  }

  private Collection<byte[]> single(BsonDocument document) {
    List<BsonValue> values = paths.get(0).keys(document);
    if (values.size() == 1) {
      return List.of(KeyEncoder.encode(values.get(0)));
    }
    return distinct(values.stream().map(KeyEncoder::encode).toList());
  }

  private static Collection<byte[]> distinct(List<byte[]> keys) {
    if (keys.size() == 1) {
      return keys;
    }
    TreeSet<byte[]> distinct = new TreeSet<>(Arrays::compareUnsigned);
    distinct.addAll(keys);
    return distinct;
  }

  boolean crossesArray(BsonDocument document) {
    return paths.stream().anyMatch(path -> path.crossesArray(document));
  }

  void add(byte[] key, long record) {
    entries.put(entry(key, record), new byte[0]);
  }

  void remove(byte[] key, long record) {
    entries.remove(entry(key, record));
  }

  private static byte[] entry(byte[] key, long record) {
    return new KeyEncoder().putAll(key).fixed(record, RECORD_BYTES).toBytes();
  }

  static long record(byte[] entry) {
    return ByteBuffer.wrap(entry).getLong(entry.length - RECORD_BYTES);
  }

  /** Gives the records of a range in key order until the visitor has had enough. */
  void scan(KeyRange range, LongPredicate visitor) {
    Cursor<byte[], byte[]> cursor = entries.cursor(range.from());
    while (cursor.hasNext()) {
      byte[] entry = cursor.next();
      if (range.endsBefore(entry) || !visitor.test(record(entry))) {
        return;
      }
    }
  }
}
