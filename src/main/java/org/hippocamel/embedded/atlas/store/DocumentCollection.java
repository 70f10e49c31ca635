package org.hippocamel.embedded.atlas.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.h2.mvstore.MVMap;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.SortOrder;

/**
 * The documents of one namespace and the indexes over them. Reads may run at any time; the methods
 * that change something are called inside {@link DocumentStore#write} only.
 *
 * <p>Order of a write: log, new index entries, document, old index entries. Whatever prefix of it a
 * crash leaves behind, a document is reachable by all of its keys.
 */
public final class DocumentCollection {
  private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

  private final int id;
  private final String namespace;
  private final MVMap<Long, byte[]> records;
  private final CopyOnWriteArrayList<SecondaryIndex> indexes = new CopyOnWriteArrayList<>();
  private final DocumentStore store;
  private long nextRecord;

  DocumentCollection(int id, String namespace, MVMap<Long, byte[]> records, DocumentStore store) {
    this.id = id;
    this.namespace = namespace;
    this.records = records;
    this.store = store;
    Long last = records.lastKey();
    this.nextRecord = last == null ? 1 : last + 1;
  }

  int id() {
    return id;
  }

  public String namespace() {
    return namespace;
  }

  MVMap<Long, byte[]> records() {
    return records;
  }

  List<SecondaryIndex> secondaryIndexes() {
    return indexes;
  }

  public List<IndexDefinition> indexes() {
    return indexes.stream().map(SecondaryIndex::definition).toList();
  }

  public long size() {
    return records.sizeAsLong();
  }

  /** Null when there is none. */
  public RawBsonDocument byId(BsonValue documentId) {
    Stored stored = store.snapshots().read(() -> lookup(documentId));
    return stored == null ? null : stored.document();
  }

  private Stored lookup(BsonValue documentId) {
    byte[] key = KeyEncoder.encode(documentId);
    Stored[] found = new Stored[1];
    indexes
        .get(0)
        .scan(
            KeyRange.startingWith(key),
            record -> {
              Stored stored = at(record);
              boolean hit = stored != null && Arrays.equals(key, KeyEncoder.encode(stored.id()));
              found[0] = hit ? stored : null;
              return !hit;
            });
    return found[0];
  }

  private Stored at(long record) {
    byte[] bytes = records.get(record);
    return bytes == null ? null : new Stored(record, new RawBsonDocument(bytes));
  }

  /** Matching documents, lazily; sorted only if {@link #sorts} says so. */
  public Iterator<Stored> find(Filter filter, SortOrder sort) {
    AccessPath path = new AccessPlanner(indexes).plan(filter, sort);
    if (path == null) {
      return DocumentScan.of(records, store.snapshots(), filter);
    }
    Iterator<Long> candidates = candidates(path);
    return new Matching(candidates, filter);
  }

  /** Whether {@link #find} gives this order without a sort. */
  public boolean sorts(Filter filter, SortOrder sort) {
    AccessPath path = sort.isEmpty() ? null : new AccessPlanner(indexes).plan(filter, sort);
    return sort.isEmpty() || path != null && path.sorted();
  }

  private Iterator<Long> candidates(AccessPath path) {
    if (path.streams()) {
      return new IndexScan(path.stretches().get(0), path.reverse(), store.snapshots());
    }
    LongStream.Builder found = LongStream.builder();
    for (AccessPath.Stretch stretch : path.stretches()) {
      store
          .snapshots()
          .read(
              () -> {
                stretch
                    .index()
                    .scan(
                        stretch.range(),
                        record -> {
                          found.add(record);
                          return true;
                        });
                return null;
              });
    }
    PrimitiveIterator.OfLong inOrder = found.build().sorted().distinct().iterator();
    return inOrder;
  }

  /** Candidates fetched and matched one by one. */
  private final class Matching implements Iterator<Stored> {
    private final Iterator<Long> candidates;
    private final Filter filter;
    private Stored next;

    Matching(Iterator<Long> candidates, Filter filter) {
      this.candidates = candidates;
      this.filter = filter;
    }

    @Override
    public boolean hasNext() {
      while (next == null && candidates.hasNext()) {
        long record = candidates.next();
        Stored stored = store.snapshots().read(() -> at(record));
        next = stored != null && filter.matches(stored.document()) ? stored : null;
      }
      return next != null;
    }

    @Override
    public Stored next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Stored found = next;
      next = null;
      return found;
    }
  }

  /** Stores a document that has an _id. */
  public void insert(BsonDocument document) {
    put(nextRecord, null, checked(document));
    nextRecord++;
  }

  /** Puts a document in the place of another with the same _id. */
  public void replace(Stored old, BsonDocument document) {
    put(old.record(), old.document(), checked(document));
  }

  private static RawBsonDocument checked(BsonDocument document) {
    RawBsonDocument raw = Documents.raw(document);
    int size = Documents.size(raw);
    if (size > MAX_DOCUMENT_BYTES) {
      throw ErrorCode.OBJECT_TOO_LARGE.because(
          "BSONObj size: " + size + " is invalid. Size must be between 0 and 16793600(16MB)");
    }
    return raw;
  }

  private void put(long record, RawBsonDocument old, RawBsonDocument document) {
    List<IndexChange> changes = new ArrayList<>();
    for (SecondaryIndex index : indexes) {
      if (old == null || !index.definition().isId()) {
        changes.add(IndexChange.between(index, old, document));
      }
    }
    changes.forEach(change -> requireUnique(change, record, document));
    store.log().append(namespace, document.get("_id"));
    changes.forEach(change -> noteArrays(change.index(), document));
    changes.forEach(change -> change.added().forEach(key -> change.index().add(key, record)));
    records.put(record, Documents.bytes(document));
    changes.forEach(change -> change.removed().forEach(key -> change.index().remove(key, record)));
  }

  private void noteArrays(SecondaryIndex index, BsonDocument document) {
    if (!index.multikey() && index.crossesArray(document)) {
      index.multikey(true);
      store.catalog().save(this);
    }
  }

  private void requireUnique(IndexChange change, long record, BsonDocument document) {
    SecondaryIndex index = change.index();
    if (index.definition().unique()) {
      for (byte[] key : change.added()) {
        if (taken(index, key, record)) {
          throw DuplicateKey.of(namespace, index.definition(), document);
        }
      }
    }
  }

  private boolean taken(SecondaryIndex index, byte[] key, long self) {
    boolean[] taken = new boolean[1];
    index.scan(
        KeyRange.startingWith(key),
        record -> {
          Stored other = record == self ? null : at(record);
          taken[0] = other != null && contains(index.keys(other.document()), key);
          return !taken[0];
        });
    return taken[0];
  }

  private static boolean contains(Collection<byte[]> keys, byte[] key) {
    Predicate<byte[]> same = candidate -> Arrays.equals(candidate, key);
    return keys.stream().anyMatch(same);
  }

  public void delete(Stored stored) {
    store.log().append(namespace, stored.id());
    records.remove(stored.record());
    for (SecondaryIndex index : indexes) {
      index.keys(stored.document()).forEach(key -> index.remove(key, stored.record()));
    }
  }

  /** Fills a new index from the documents there are; refuses what is not unique. */
  void build(SecondaryIndex index) {
    Iterator<Stored> all = DocumentScan.of(records, store.snapshots(), new Filter.And(List.of()));
    while (all.hasNext()) {
      Stored stored = all.next();
      IndexChange change = IndexChange.between(index, null, stored.document());
      requireUnique(change, stored.record(), stored.document());
      change.added().forEach(key -> index.add(key, stored.record()));
      index.multikey(index.multikey() || index.crossesArray(stored.document()));
    }
  }
}
