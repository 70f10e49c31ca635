package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Finds the nearest vectors of one field. New vectors are scanned; once there are {@code
 * exactSearchLimit} of them they are sealed into an HNSW graph beside the running searches, and a
 * search then walks the graph and scans what came since. Building a graph costs about 2 ms a
 * vector, a scan 0.15 µs, so small indexes never pay for one.
 */
final class VectorFieldIndex implements AutoCloseable {
  /** Rows of one sealing: bounds its time and memory. */
  private static final int SEALED_AT_ONCE = 50_000;

  /** A graph walk under a filter costs as much as scanning about this many rows. */
  private static final int FEW = 10_000;

  /** Changes after which the files are brought up to date, so that the log can be trimmed. */
  private static final int LOG_KEPT = 100_000;

  private static final int CLOSE_SECONDS = 10;

  private final VectorField field;
  private final FieldPath path;
  private final int exactSearchLimit;
  private final GraphFiles files;
  private final List<Long> deadHandles = new ArrayList<>();

  private final ReentrantLock sealLock = new ReentrantLock();

  private VectorRows rows;
  private VectorGraph graph;
  private boolean sealing;
  private volatile boolean closed;
  private volatile RowsView view;
  private volatile long applied;
  private volatile long durable = SearchIndex.NOT_KEPT;

  VectorFieldIndex(Path directory, VectorField field, List<String> filters, int exactSearchLimit)
      throws IOException {
    this.field = field;
    this.exactSearchLimit = exactSearchLimit;
    path = new FieldPath(field.path());
    rows = new VectorRows(field, filters, directory);
    files = new GraphFiles(directory, field);
    load();
    view = rows.view(graph);
  }

  private void load() throws IOException {
    DirectoryReader reader = files.open();
    if (reader == null) {
      return;
    }
    if (GraphFiles.sequence(reader) == SearchIndex.NOT_KEPT) {
      reader.close();
      return;
    }
    for (GraphFiles.SealedRow row : GraphFiles.rows(reader)) {
      rows.addSealed(row.handle(), row.values());
    }
    graph = VectorGraph.of(reader, field, rows.handles(), rows.count());
    applied = durable = GraphFiles.sequence(reader);
  }

  VectorField field() {
    return field;
  }

  synchronized void apply(BsonValue id, RawBsonDocument document) {
    int dead = rows.remove(id);
    if (dead >= 0 && dead < rows.sealed()) {
      deadHandles.add(rows.handle(dead));
    }
    float[] vector = document == null ? null : VectorValue.floats(path.single(document));
    float[] prepared =
        vector == null || vector.length != field.dimensions()
            ? null
            : field.similarity().prepare(vector);
    if (prepared != null) {
      rows.add(id, document, prepared);
    }
  }

  synchronized void publish(long sequence) {
    if (!sealing && rows.wasteful()) {
      int[] newRow = new int[rows.count()];
      rows = rows.compacted(newRow);
      graph = graph == null ? null : graph.renumbered(row -> newRow[row]);
    }
    view = rows.view(graph);
    applied = sequence;
  }

  /**
   * @param query prepared for the similarity
   * @param candidates of the graph walk, 0 for an exact search
   */
  List<Hit> search(float[] query, int candidates, int limit, VectorFilter filter) {
    RowsView rows = acquire();
    try {
      RowBits accepted = filter.select(rows).and(rows.live());
      NearestRows nearest = new NearestRows(Math.min(limit, rows.liveCount()), rows.ids());
      scan(rows, accepted, query, nearest);
      int inGraph = accepted.countBelow(rows.sealed());
      if (candidates == 0 || rows.liveCount() < exactSearchLimit || inGraph <= few()) {
        if (inGraph > 0) {
          rows.graph().scan(query, accepted, nearest);
        }
      } else {
        rows.graph().search(query, candidates, accepted, nearest);
      }
      return nearest.drain();
    } finally {
      if (rows.graph() != null) {
        rows.graph().release();
      }
    }
  }

  private int few() {
    return Math.min(FEW, exactSearchLimit);
  }

  private void scan(RowsView rows, RowBits accepted, float[] query, NearestRows nearest) {
    float[] vector = new float[field.dimensions()];
    for (int row = accepted.next(rows.sealed()); row >= 0; row = accepted.next(row + 1)) {
      rows.vectors().get(row, vector);
      nearest.offer(row, field.similarity().score(query, vector));
    }
  }

  private RowsView acquire() {
    while (true) {
      RowsView rows = view;
      if (rows.graph() == null || rows.graph().acquire()) {
        return rows;
      }
      if (closed) {
        throw SearchException.query("the search index was closed");
      }
    }
  }

  long durable() {
    return durable;
  }

  /** True when enough rows are scanned that walking a graph would be cheaper. */
  boolean wantsSealing() {
    RowsView rows = view;
    int scanned = rows.live().countBelow(rows.count()) - rows.live().countBelow(rows.sealed());
    int bound = rows.graph() == null ? exactSearchLimit : exactSearchLimit / 5 + 1;
    boolean behind = rows.graph() != null && applied - durable > LOG_KEPT;
    return !closed && !field.flat() && (scanned >= Math.max(1, bound) || behind);
  }

  /** Moves the oldest scanned rows of the published view into the graph. */
  void seal() throws IOException {
    sealLock.lock();
    try {
      if (!closed) {
        sealPublished();
      }
    } finally {
      sealLock.unlock();
    }
  }

  private void sealPublished() throws IOException {
    RowsView rows;
    List<Long> dead;
    long sequence;
    synchronized (this) {
      sealing = true;
      rows = view;
      dead = List.copyOf(deadHandles);
      sequence = applied;
    }
    try {
      int end = Math.min(rows.count(), rows.sealed() + SEALED_AT_ONCE);
      long complete = end == rows.count() ? sequence : durable;
      if (write(rows, end, dead, complete)) {
        swap(rows, end, dead.size(), complete);
      }
    } finally {
      synchronized (this) {
        sealing = false;
      }
    }
  }

  /** False when the index was closed meanwhile; nothing is committed then. */
  private boolean write(RowsView rows, int end, List<Long> dead, long complete) throws IOException {
    float[] vector = new float[field.dimensions()];
    try (GraphFiles.Sealing files = this.files.sealing(rows.graph() == null)) {
      for (long handle : dead) {
        files.remove(handle);
      }
      int row = rows.live().next(rows.sealed());
      for (; row >= 0 && row < end; row = rows.live().next(row + 1)) {
        if (closed) {
          return false;
        }
        rows.vectors().get(row, vector);
        files.add(rows.handles()[row], rows.values(row), vector.clone());
      }
      files.commit(complete);
      return true;
    }
  }

  private synchronized void swap(RowsView written, int end, int removed, long complete)
      throws IOException {
    VectorGraph before = graph;
    graph = VectorGraph.of(files.open(), field, rows.handles(), end);
    deadHandles.subList(0, removed).clear();
    for (int row = written.sealed(); row < end; row++) {
      if (written.live().get(row) && !rows.isLive(row)) {
        deadHandles.add(rows.handle(row));
      }
    }
    rows.sealUpTo(end);
    // Not publish(): changes applied since the last one must not become visible half-way.
    view = view.sealedUpTo(end, rows.vectors(), graph);
    durable = complete;
    if (before != null) {
      before.release();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    // A sealing stops at its next row; one that is merging graphs is left to the end of the
    // process.
    if (stopped()) {
      synchronized (this) {
        if (graph != null) {
          graph.release();
          graph = null;
        }
      }
      files.close();
    }
  }

  private boolean stopped() {
    try {
      return sealLock.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
