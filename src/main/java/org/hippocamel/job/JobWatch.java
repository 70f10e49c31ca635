package org.hippocamel.job;

import static com.mongodb.client.model.Filters.in;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.Named;

/** Who watches which job. All of them are looked at in one go. Thread-safe. */
public final class JobWatch {
  /** Somebody who wants to know how a job stands. Must not block. */
  public interface Watcher {
    /** So it stands now. */
    void see(Document row);

    /** There is no such job, or not any more. */
    void miss();
  }

  private final Map<String, List<Watcher>> watchers = new HashMap<>();
  private final int most;
  private int count;

  /**
   * @param most watchers at once
   */
  public JobWatch(int most) {
    this.most = most;
  }

  /** Begins to watch; false when there are too many who do. */
  public synchronized boolean add(Named job, Watcher watcher) {
    if (count >= most) {
      return false;
    }
    watchers.computeIfAbsent(job.key(), key -> new ArrayList<>()).add(watcher);
    count++;
    return true;
  }

  /** Ends it; harmless when it has ended. */
  public synchronized void remove(Named job, Watcher watcher) {
    List<Watcher> others = watchers.getOrDefault(job.key(), new ArrayList<>());
    if (others.remove(watcher)) {
      count--;
    }
    if (others.isEmpty()) {
      watchers.remove(job.key());
    }
  }

  /** Rows that somebody watches. */
  public synchronized Set<String> watched() {
    return Set.copyOf(watchers.keySet());
  }

  /** Pipeline: those rows. */
  public List<Bson> pipeline(Set<String> watched) {
    return List.of(
        new Document("$match", in("_id", watched)), new Document("$unset", "checkpoint"));
  }

  /**
   * Shows everybody his row.
   *
   * @param watched what was asked for; who came later hears the next time
   */
  public void seen(Set<String> watched, List<Document> rows) {
    Set<String> missing = new HashSet<>(watched);
    for (Document row : rows) {
      missing.remove(row.getString("_id"));
      of(row.getString("_id")).forEach(watcher -> watcher.see(row));
    }
    missing.forEach(key -> of(key).forEach(Watcher::miss));
  }

  private synchronized List<Watcher> of(String key) {
    return List.copyOf(watchers.getOrDefault(key, List.of()));
  }
}
