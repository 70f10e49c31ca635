package org.hippocamel.drill;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;

/**
 * How far the slices of a re-embedding are, portion by portion, read from the store as it goes on;
 * and how fast they went while nobody had paused it.
 */
final class MigrationProgress implements AutoCloseable {
  private static final int LOOK_MILLIS = 50;

  private final MongoClient client;
  private final MongoCollection<Document> slices;
  private final Thread thread;
  private volatile long done;
  private volatile boolean paused;
  private volatile boolean over;
  private long nanos; // of the spans that ended with progress, the first one left out
  private long texts;

  /**
   * @param store connection string
   */
  MigrationProgress(String store) {
    client = MongoClients.create(store);
    slices = client.getDatabase("hippocamel").getCollection("reembed_slices");
    thread = new Thread(this::look, "migration-progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    long since = 0; // 0: no span has begun
    while (!over) {
      long now = System.nanoTime();
      long before = done;
      done = count();
      if (paused) {
        since = 0;
      } else if (done > before) {
        if (since > 0) {
          nanos += now - since;
          texts += done - before;
        }
        since = now;
      }
      pause();
    }
  }

  private long count() {
    long sum = 0;
    for (Document slice : slices.find()) {
      sum += slice.get("done", Number.class).longValue();
    }
    return sum;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Rows that have got a vector from a slice. */
  long done() {
    return done;
  }

  /** What happens from now on says nothing of the rate, until it is said otherwise. */
  void paused(boolean now) {
    paused = now;
  }

  /** Texts a second, from the first portion to the last; to be asked after {@link #close}. */
  double textsPerSecond() {
    return nanos == 0 ? 0 : texts / (nanos / 1e9);
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    thread.join();
    client.close();
  }
}
