package org.hippocamel.embedded.atlas.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.h2.mvstore.MVStore;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.search.DocumentSource;

/**
 * All collections in one MVStore file. One writer at a time; readers never wait for it. What {@link
 * #write} has returned survives the death of the process; with {@code sync} also that of the
 * machine. Thread-safe.
 */
public final class DocumentStore implements DocumentSource, AutoCloseable {
  private static final int SPARSE_PERCENT = 50;

  /** Some 20 ms of work, for which writers have to wait. */
  private static final int COMPACTION_BYTES = 1 << 20;

  private final DirectoryLock directoryLock;
  private final Path directory;
  private final MVStore file;
  private final boolean sync;
  private final Snapshots snapshots;
  private final ChangeLog log;
  private final Catalog catalog;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Object committing = new Object();
  private long written;
  private volatile long committedWrites;
  private volatile long committedSequence;
  private volatile LongConsumer listener = sequence -> {};

  private DocumentStore(DirectoryLock directoryLock, Path directory, boolean sync) {
    this.directoryLock = directoryLock;
    this.directory = directory;
    this.sync = sync;
    this.file = StoreFile.open(directory);
    this.snapshots = new Snapshots(this.file);
    this.log = new ChangeLog(StoreFile.map(file, "log"), StoreFile.map(file, "marks"));
    this.catalog = new Catalog(this.file, this);
    this.catalog.load();
    this.committedSequence = log.last();
  }

  /**
   * @throws IllegalStateException when another process has the directory open
   */
  public static DocumentStore open(Path directory, boolean sync) {
    DirectoryLock lock = DirectoryLock.of(directory);
    try {
      return new DocumentStore(lock, directory, sync);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Is told the last committed sequence after each commit, outside of all locks. */
  public void onCommit(LongConsumer committed) {
    this.listener = committed;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  ChangeLog log() {
    return log;
  }

  Catalog catalog() {
    return catalog;
  }

  /** Runs a change alone, and returns when it is committed; a refusal keeps what came before it. */
  public <T> T write(Supplier<T> change) {
    long mine;
    boolean changed = false;
    T result = null;
    RuntimeException refusal = null;
    writing.lock();
    long before = log.last();
    try {
      result = change.get();
    } catch (RuntimeException e) {
      refusal = e;
    } finally {
      mine = ++written;
      changed = log.last() != before;
      writing.unlock();
    }
    commit(mine);
    if (changed) {
      listener.accept(committedSequence);
    }
    if (refusal != null) {
      throw refusal;
    }
    return result;
  }

  /** Writers that waited here while another committed find their change committed as well. */
  private void commit(long mine) {
    synchronized (committing) {
      if (committedWrites >= mine) {
        return;
      }
      writing.lock();
      try {
        file.commit();
        if (sync) {
          file.sync();
        }
        committedWrites = written;
        committedSequence = log.last();
      } finally {
        writing.unlock();
      }
    }
  }

  /** Rewrites some of the file's sparse parts; short, and meant to be called now and again. */
  public void compact() {
    writing.lock();
    try {
      if (!file.isClosed() && file.compact(SPARSE_PERCENT, COMPACTION_BYTES)) {
        file.commit();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Null when there is none. */
  public DocumentCollection collection(String namespace) {
    return catalog.get(namespace);
  }

  /** Inside {@link #write}: the collection, made when it does not exist. */
  public DocumentCollection collectionOrCreate(String namespace) {
    DocumentCollection collection = catalog.get(namespace);
    return collection != null ? collection : catalog.create(namespace);
  }

  /** Inside {@link #write}. */
  public DocumentCollection create(String namespace) {
    if (catalog.get(namespace) != null) {
      throw ErrorCode.NAMESPACE_EXISTS.because("Collection " + namespace + " already exists.");
    }
    return catalog.create(namespace);
  }

  /** Inside {@link #write}. */
  public void drop(DocumentCollection collection) {
    catalog.drop(collection);
  }

  /** Inside {@link #write}; refuses what the documents contradict. */
  public void createIndex(DocumentCollection collection, IndexDefinition definition) {
    catalog.createIndex(collection, definition);
  }

  /** Inside {@link #write}. */
  public void dropIndex(DocumentCollection collection, String name) {
    catalog.dropIndex(collection, name);
  }

  public Set<String> namespaces() {
    return catalog.namespaces();
  }

  public List<DocumentCollection> collections() {
    return catalog.collections();
  }

  @Override
  public RawBsonDocument get(String namespace, BsonValue id) {
    DocumentCollection collection = catalog.get(namespace);
    return collection == null ? null : collection.byId(id);
  }

  @Override
  public void forEach(String namespace, BiConsumer<BsonValue, RawBsonDocument> consumer) {
    DocumentCollection collection = catalog.get(namespace);
    if (collection != null) {
      snapshots.read(
          () -> {
            var cursor = collection.records().cursor(null);
            while (cursor.hasNext()) {
              cursor.next();
              RawBsonDocument document = new RawBsonDocument(cursor.getValue());
              consumer.accept(document.get("_id"), document);
            }
            return null;
          });
    }
  }

  @Override
  public long sequence() {
    return committedSequence;
  }

  @Override
  public long oldestSequence() {
    return log.trimmed();
  }

  @Override
  public void changesAfter(long sequence, ChangeConsumer consumer) {
    snapshots.read(
        () -> {
          log.forEach(sequence, committedSequence, consumer);
          return null;
        });
  }

  @Override
  public void trim(long sequence) {
    boolean more = true;
    while (more) {
      more = write(() -> log.trim(Math.min(sequence, committedSequence), 1_000));
    }
  }

  /** Closes the file; a change that is under way is finished first. */
  @Override
  public void close() {
    writing.lock();
    try {
      file.commit();
      StoreFile.close(file, directory);
    } finally {
      writing.unlock();
      directoryLock.close();
    }
  }
}
