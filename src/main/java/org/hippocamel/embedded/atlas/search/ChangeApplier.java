package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries committed changes into the indexes that follow a namespace. A change is only an id: the
 * document is read as it is now, so applying one twice, or late, changes nothing.
 */
final class ChangeApplier {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeApplier.class);

  private final DocumentSource source;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Map<String, List<SearchIndex>> followers = new ConcurrentHashMap<>();
  private volatile long applied;

  ChangeApplier(DocumentSource source) {
    this.source = source;
    applied = source.sequence();
  }

  /** The change all followers are complete up to. */
  long applied() {
    return applied;
  }

  /** Applies what was committed up to {@code target}. */
  void catchUp(long target) {
    if (applied >= target) {
      return;
    }
    lock.lock();
    try {
      if (applied >= target) {
        return;
      }
      Map<String, Set<BsonValue>> changed = changes(applied, target);
      changed.forEach(
          (namespace, ids) ->
              followers
                  .getOrDefault(namespace, List.of())
                  .forEach(index -> apply(index, namespace, ids)));
      followers.values().forEach(all -> all.forEach(index -> index.publish(target)));
      applied = target;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets an index follow its namespace.
   *
   * @param from the change the index is complete up to
   */
  void follow(String namespace, SearchIndex index, long from) {
    // The long part without the lock: nobody else knows the index yet.
    long reached = Math.max(from, applied);
    apply(index, namespace, changes(from, reached).getOrDefault(namespace, Set.of()));
    lock.lock();
    try {
      if (applied > reached) {
        apply(index, namespace, changes(reached, applied).getOrDefault(namespace, Set.of()));
      }
      index.publish(applied);
      followers.computeIfAbsent(namespace, n -> new CopyOnWriteArrayList<>()).add(index);
    } finally {
      lock.unlock();
    }
  }

  /** After this no change reaches the index. */
  void forget(String namespace, SearchIndex index) {
    lock.lock();
    try {
      List<SearchIndex> all = followers.get(namespace);
      if (all != null) {
        all.remove(index);
      }
    } finally {
      lock.unlock();
    }
  }

  List<SearchIndex> followers() {
    List<SearchIndex> all = new ArrayList<>();
    followers.values().forEach(all::addAll);
    return all;
  }

  private void apply(SearchIndex index, String namespace, Set<BsonValue> ids) {
    for (BsonValue id : ids) {
      apply(index, id, source.get(namespace, id));
    }
  }

  /** Applies one document; one that Lucene refuses is left out, as it must not stop the others. */
  static void apply(SearchIndex index, BsonValue id, RawBsonDocument document) {
    try {
      index.apply(id, document);
    } catch (IllegalArgumentException e) {
      // Without the message: it quotes the text.
      LOG.warn("A document cannot be indexed and is left out: {}", e.getClass().getName());
      index.apply(id, null);
    }
  }

  private Map<String, Set<BsonValue>> changes(long after, long target) {
    Map<String, Set<BsonValue>> changed = new HashMap<>();
    if (after < target) {
      source.changesAfter(
          after,
          (sequence, namespace, id) -> {
            if (sequence <= target) {
              changed.computeIfAbsent(namespace, n -> new LinkedHashSet<>()).add(id);
            }
          });
    }
    return changed;
  }
}
