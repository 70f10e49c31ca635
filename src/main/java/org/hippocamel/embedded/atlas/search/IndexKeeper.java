package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds indexes, keeps them up to date and their files in order: one thread applies changes, one
 * builds, one maintains files.
 */
final class IndexKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);

  /** A writer further ahead than this applies changes itself, so that no query finds a backlog. */
  private static final int BACKLOG = 128;

  private static final int MAINTENANCE_SECONDS = 10;
  private static final int CLOSE_SECONDS = 10;

  private final IndexCatalog catalog;
  private final DocumentSource source;
  private final int exactSearchLimit;
  private final ChangeApplier applier;
  private final VisibleSequence visible;
  private final ScheduledThreadPoolExecutor applying = thread("atlas-search-apply");
  private final ScheduledThreadPoolExecutor building = thread("atlas-search-build");
  private final ScheduledThreadPoolExecutor maintaining = thread("atlas-search-maintain");
  private final AtomicBoolean applyScheduled = new AtomicBoolean();
  private final Set<SearchIndex> maintained = ConcurrentHashMap.newKeySet();

  /** Changes that an index being built will still ask for. */
  private final Collection<Long> needed = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  IndexKeeper(
      IndexCatalog catalog, DocumentSource source, int exactSearchLimit, Duration refreshDelay) {
    this.catalog = catalog;
    this.source = source;
    this.exactSearchLimit = exactSearchLimit;
    applier = new ChangeApplier(source);
    visible = new VisibleSequence(refreshDelay, applier.applied());
    maintaining.scheduleWithFixedDelay(
        this::maintainAll, MAINTENANCE_SECONDS, MAINTENANCE_SECONDS, TimeUnit.SECONDS);
  }

  private static ScheduledThreadPoolExecutor thread(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** Opens the indexes there were, in the background; queries wait for theirs. */
  void open() {
    try {
      catalog.sweep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    catalog.all().forEach(this::build);
  }

  void build(IndexEntry entry) {
    BsonDocument definition = entry.definition();
    long version = entry.version();
    building.execute(
        () -> {
          try {
            SearchIndex index = built(entry, definition, version);
            if (index != null) {
              serve(entry, index, version);
            }
          } catch (IOException | RuntimeException e) {
            entry.fail(version);
            if (!closed) {
              LOG.error("Search index {} of {} could not be built", entry.id, entry.namespace, e);
            }
          } finally {
            entry.opened.countDown();
          }
        });
  }

  /** Null when nobody wants the version any more. */
  private SearchIndex built(IndexEntry entry, BsonDocument definition, long version)
      throws IOException {
    if (!wanted(entry, version)) {
      return null;
    }
    Path files = Files.createDirectories(catalog.files(entry, version));
    IndexDefinition parsed = IndexDefinition.parse(entry.type, definition);
    // Noted before the documents are read: what changes while they are is replayed.
    Long from = source.sequence();
    needed.add(from);
    SearchIndex index = null;
    try {
      index = readable(files, parsed);
      long durable = index.durable();
      if (durable != SearchIndex.NOT_KEPT
          && durable >= source.oldestSequence()
          && durable <= source.sequence()) {
        applier.follow(entry.namespace, index, durable);
        return index;
      }
      if (durable != SearchIndex.NOT_KEPT) {
        index.close();
        IndexCatalog.deleteTree(files);
        index = index(Files.createDirectories(files), parsed);
      }
      fill(entry, index);
      applier.follow(entry.namespace, index, from);
      return index;
    } catch (IOException | RuntimeException e) {
      if (index != null) {
        index.close();
      }
      throw e;
    } finally {
      needed.remove(from);
    }
  }

  private void fill(IndexEntry entry, SearchIndex index) {
    source.forEach(
        entry.namespace,
        (id, document) -> {
          if (closed || !catalog.contains(entry)) {
            throw new IllegalStateException("the index is not wanted any more");
          }
          ChangeApplier.apply(index, id, document);
        });
  }

  private boolean wanted(IndexEntry entry, long version) {
    return !closed && catalog.contains(entry) && entry.version() == version;
  }

  /** Without its files where they are damaged: all they hold is in the documents too. */
  private SearchIndex readable(Path files, IndexDefinition definition) throws IOException {
    try {
      return index(files, definition);
    } catch (IOException e) {
      LOG.warn("Search index files in {} cannot be read; the index is built anew", files, e);
      IndexCatalog.deleteTree(files);
      return index(Files.createDirectories(files), definition);
    }
  }

  private SearchIndex index(Path files, IndexDefinition definition) throws IOException {
    return definition instanceof VectorDefinition vectors
        ? new VectorIndex(files, vectors, exactSearchLimit)
        : new TextIndex(files, (TextDefinition) definition);
  }

  private void serve(IndexEntry entry, SearchIndex index, long version) throws IOException {
    SearchIndex before = entry.serve(index, version);
    if (before != null) {
      discard(entry, before);
    }
    if (!catalog.contains(entry)) {
      discard(entry, index);
    }
    catalog.deleteOtherVersions(entry);
    maintain(index);
  }

  /** Closes an index that nobody asks any more; its files can be deleted then. */
  private void discard(IndexEntry entry, SearchIndex index) throws IOException {
    applier.forget(entry.namespace, index);
    index.close();
  }

  /** Closes and deletes the index of an entry that is not in the catalog any more. */
  void drop(IndexEntry entry) {
    building.execute(
        () -> {
          try {
            if (entry.serving() != null) {
              discard(entry, entry.serving());
            }
            catalog.delete(entry);
          } catch (IOException | RuntimeException e) {
            LOG.warn("Files of dropped search index {} could not be deleted", entry.id, e);
          }
        });
  }

  void committed(long sequence) {
    if (closed) {
      return;
    }
    if (visible.delays()) {
      visible.committed(sequence, System.nanoTime());
    } else if (sequence - applier.applied() > BACKLOG) {
      applier.catchUp(sequence);
    }
    if (applyScheduled.compareAndSet(false, true)) {
      try {
        applying.schedule(this::apply, visible.longest(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        // Closed between the two lines above: the next start replays the change.
      }
    }
  }

  private void apply() {
    applyScheduled.set(false);
    try {
      applier.catchUp(target());
      applier.followers().stream().filter(SearchIndex::wantsMaintenance).forEach(this::maintain);
      if (visible.delays() && applier.applied() < source.sequence()) {
        committed(source.sequence());
      }
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.error("Changes could not be applied to the search indexes", e);
      }
    }
  }

  private long target() {
    return visible.delays() ? visible.at(System.nanoTime()) : source.sequence();
  }

  /** Waits for the index if it is being opened, and applies what a query must see. */
  void bringUpToDate(IndexEntry entry) {
    try {
      entry.opened.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SearchException.query("interrupted while the search index was opened");
    }
    applier.catchUp(target());
  }

  private void maintainAll() {
    applier.followers().stream().filter(SearchIndex::wantsMaintenance).forEach(this::maintain);
    trim();
  }

  private void maintain(SearchIndex index) {
    if (closed || !maintained.add(index)) {
      return;
    }
    maintaining.execute(
        () -> {
          maintained.remove(index);
          try {
            if (applier.followers().contains(index)) {
              index.maintain();
            }
            trim();
          } catch (IOException | RuntimeException e) {
            // One that is being dropped loses its files under its hands.
            if (!closed && applier.followers().contains(index)) {
              LOG.error("Files of a search index could not be written", e);
            }
          }
        });
  }

  /** Lets go of the log's part that no index needs any more. */
  void trim() {
    // What the files of an index lack is known only once it is open.
    if (catalog.all().stream().anyMatch(entry -> entry.opened.getCount() > 0)) {
      return;
    }
    long upTo = applier.applied();
    for (SearchIndex index : applier.followers()) {
      long durable = index.durable();
      upTo = durable == SearchIndex.NOT_KEPT ? upTo : Math.min(upTo, durable);
    }
    for (long sequence : needed) {
      upTo = Math.min(upTo, sequence);
    }
    if (upTo > source.oldestSequence()) {
      source.trim(upTo);
    }
  }

  private static void stopped(ScheduledThreadPoolExecutor executor) {
    try {
      executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    applying.shutdown();
    building.shutdown();
    maintaining.shutdown();
    stopped(applying);
    stopped(building);
    for (SearchIndex index : applier.followers()) {
      index.close();
    }
  }
}
