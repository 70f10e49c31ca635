package org.hippocamel.embedded.atlas.command;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.store.Documents;

/** Results that did not fit into one reply. Thread-safe. */
public final class Cursors {
  /** MongoDB's first batch when the client names no size. */
  static final long FIRST_BATCH = 101;

  /** A batch stays well under the 16 MB that a reply document may have. */
  private static final int MAX_BATCH_BYTES = 15 * 1024 * 1024;

  private final Map<Long, OpenCursor> open = new ConcurrentHashMap<>();
  private final SplittableRandom random = new SplittableRandom();
  private final long idleNanos;

  public Cursors(Duration idle) {
    this.idleNanos = idle.toNanos();
  }

  /** A batch, and the cursor that gives the next one. */
  private static final class OpenCursor {
    private final String namespace;
    private final Iterator<? extends BsonDocument> results;
    private BsonDocument held;
    private volatile long lastUsed = System.nanoTime();

    OpenCursor(String namespace, Iterator<? extends BsonDocument> results) {
      this.namespace = namespace;
      this.results = results;
    }

    synchronized BsonArray batch(long size) {
      BsonArray batch = new BsonArray();
      long bytes = 0;
      while (batch.size() < size && hasNext()) {
        BsonDocument next = held != null ? held : Documents.raw(results.next());
        held = null;
        bytes += Documents.size(next);
        if (bytes > MAX_BATCH_BYTES && !batch.isEmpty()) {
          held = next;
          break;
        }
        batch.add(next);
      }
      lastUsed = System.nanoTime();
      return batch;
    }

    synchronized boolean hasNext() {
      return held != null || results.hasNext();
    }
  }

  /** The reply to find or aggregate: the first batch, and a cursor if there is more. */
  BsonDocument first(
      String namespace, Iterator<? extends BsonDocument> results, long size, boolean single) {
    OpenCursor cursor = new OpenCursor(namespace, results);
    BsonArray batch = cursor.batch(size);
    long id = 0;
    if (!single && cursor.hasNext()) {
      id = register(cursor);
    }
    return reply(namespace, id, "firstBatch", batch);
  }

  private synchronized long register(OpenCursor cursor) {
    long id = random.nextLong(1, Long.MAX_VALUE);
    while (open.putIfAbsent(id, cursor) != null) {
      id = random.nextLong(1, Long.MAX_VALUE);
    }
    return id;
  }

  BsonDocument next(String namespace, long id, long size) {
    OpenCursor cursor = open.get(id);
    if (cursor == null) {
      throw ErrorCode.CURSOR_NOT_FOUND.because("cursor id " + id + " not found");
    }
    if (!cursor.namespace.equals(namespace)) {
      throw ErrorCode.UNAUTHORIZED.because(
          "Requested getMore on namespace '%s', but cursor belongs to a different namespace %s"
              .formatted(namespace, cursor.namespace));
    }
    try {
      BsonArray batch = cursor.batch(size);
      boolean more = cursor.hasNext();
      if (!more) {
        open.remove(id);
      }
      return reply(namespace, more ? id : 0, "nextBatch", batch);
    } catch (RuntimeException e) {
      open.remove(id);
      throw e;
    }
  }

  private static BsonDocument reply(String namespace, long id, String batchName, BsonArray batch) {
    BsonDocument cursor =
        new BsonDocument(batchName, batch)
            .append("id", new BsonInt64(id))
            .append("ns", new BsonString(namespace));
    return new BsonDocument("cursor", cursor);
  }

  boolean kill(long id) {
    return open.remove(id) != null;
  }

  public int size() {
    return open.size();
  }

  /** Forgets cursors that no client has asked for in a while. */
  public void closeIdle() {
    long now = System.nanoTime();
    open.values().removeIf(cursor -> now - cursor.lastUsed > idleNanos);
  }
}
