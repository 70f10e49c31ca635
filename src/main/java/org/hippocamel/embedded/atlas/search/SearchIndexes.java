package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.store.AlreadyClosedException;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;

/**
 * The search indexes of a store: commands that define them, queries over them. They follow the
 * documents by the change log, and what of them cannot be brought up to date is rebuilt.
 *
 * <p>Thread-safe. A query sees every change committed before it, or, with a refresh delay, those
 * that are old enough. An index that existed before the start is waited for; one that is being
 * built for the first time answers nothing yet, as in Atlas.
 */
public final class SearchIndexes implements AutoCloseable {
  private final IndexCatalog catalog;
  private final IndexKeeper keeper;
  private final int mostIndexes;

  /** As many indexes as anybody wants. */
  public SearchIndexes(
      Path directory, DocumentSource source, int exactSearchLimit, Duration refreshDelay) {
    this(directory, source, exactSearchLimit, refreshDelay, Integer.MAX_VALUE);
  }

  /**
   * Opens the indexes in a directory.
   *
   * @param exactSearchLimit vectors below which an index is scanned, at and above which it gets an
   *     HNSW graph
   * @param refreshDelay zero for read-your-writes; else how long a change stays invisible
   * @param mostIndexes how many there may be
   */
  public SearchIndexes(
      Path directory,
      DocumentSource source,
      int exactSearchLimit,
      Duration refreshDelay,
      int mostIndexes) {
    this.mostIndexes = mostIndexes;
    catalog = new IndexCatalog(directory);
    keeper = new IndexKeeper(catalog, source, exactSearchLimit, refreshDelay);
    keeper.open();
  }

  /** Says that changes up to {@code sequence} are committed. */
  public void committed(long sequence) {
    keeper.committed(sequence);
  }

  /**
   * Creates an index; it is built in the background.
   *
   * @param type {@code search}, {@code vectorSearch} or null for {@code search}
   * @return the id; that of the existing index when it has the same definition
   * @throws SearchException BadValue, IndexAlreadyExists, or IllegalOperation when there are as
   *     many as may be
   */
  public synchronized String create(
      String namespace, String name, String type, BsonDocument definition) {
    String actualType = type == null ? IndexDefinition.SEARCH : type;
    IndexDefinition.parse(actualType, definition);
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw SearchException.badValue("\"name\" cannot be empty or contain a NUL");
    }
    IndexEntry existing = catalog.named(namespace, name);
    if (existing != null) {
      if (existing.type.equals(actualType) && existing.definition().equals(definition)) {
        return existing.id;
      }
      throw SearchException.exists(name);
    }
    if (catalog.all().size() >= mostIndexes) {
      throw SearchException.tooMany();
    }
    IndexEntry entry =
        new IndexEntry(
            new ObjectId().toHexString(),
            namespace,
            name,
            actualType,
            definition.clone(),
            0,
            Instant.now().toEpochMilli(),
            false);
    catalog.add(entry);
    keeper.build(entry);
    return entry.id;
  }

  /** Replaces a definition; the old one serves until the new one is built. */
  public synchronized void update(String namespace, String nameOrId, BsonDocument definition) {
    IndexEntry entry = catalog.nameOrId(namespace, nameOrId);
    IndexDefinition.parse(entry.type, definition);
    if (!entry.definition().equals(definition)) {
      entry.redefine(definition.clone());
      catalog.save();
      keeper.build(entry);
    }
  }

  public synchronized void drop(String namespace, String nameOrId) {
    List<IndexEntry> gone = List.of(catalog.nameOrId(namespace, nameOrId));
    catalog.remove(gone);
    gone.forEach(keeper::drop);
  }

  /** Drops the indexes of a collection that goes away. */
  public synchronized void dropAll(String namespace) {
    List<IndexEntry> gone = catalog.of(namespace);
    catalog.remove(gone);
    gone.forEach(keeper::drop);
  }

  /** The rows of {@code $listSearchIndexes}, all of the collection without a name and id. */
  public List<BsonDocument> list(String namespace, String nameOrNull, String idOrNull) {
    return catalog.of(namespace).stream()
        .filter(entry -> nameOrNull == null || entry.name.equals(nameOrNull))
        .filter(entry -> idOrNull == null || entry.id.equals(idOrNull))
        .map(IndexEntry::row)
        .toList();
  }

  /**
   * Runs a {@code $vectorSearch} stage.
   *
   * @return best first, at most {@code limit}; empty when there is no index of that name
   * @throws SearchException UnknownError, as the server reports search errors
   */
  public List<Hit> vectorSearch(String namespace, BsonDocument stage) {
    VectorQuery query = VectorQuery.parse(stage);
    return query(namespace, query.index(), index -> vectors(query, index).search(query));
  }

  private static VectorIndex vectors(VectorQuery query, SearchIndex index) {
    if (index instanceof VectorIndex vectors) {
      return vectors;
    }
    throw SearchException.query(query.path() + " is not indexed as vector");
  }

  /**
   * Runs a {@code $search} stage.
   *
   * @return best first; further hits are fetched when the first few hundred are used up
   */
  public Iterator<Hit> search(String namespace, BsonDocument stage) {
    String name = TextQuery.index(stage);
    return new PagedHits(
        limit -> query(namespace, name, index -> texts(name, index).search(stage, limit)));
  }

  private static TextIndex texts(String name, SearchIndex index) {
    if (index instanceof TextIndex texts) {
      return texts;
    }
    throw SearchException.query("Cannot execute $search over vectorSearch index '" + name + "'");
  }

  private List<Hit> query(String namespace, String name, Function<SearchIndex, List<Hit>> search) {
    IndexEntry entry = catalog.named(namespace, name);
    if (entry == null) {
      return List.of();
    }
    keeper.bringUpToDate(entry);
    while (true) {
      SearchIndex serving = entry.serving();
      if (serving == null && entry.failed()) {
        throw SearchException.query("Search index '" + name + "' could not be built; see the log");
      }
      try {
        return serving == null ? List.of() : search.apply(serving);
      } catch (AlreadyClosedException e) {
        // Replaced by a new version between the two lines above: ask that one.
        if (entry.serving() == serving) {
          return List.of();
        }
      }
    }
  }

  /** Stops following; indexes with files are left complete. */
  @Override
  public void close() {
    try {
      keeper.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
