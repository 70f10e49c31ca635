package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** A store of documents and their change log in memory, one lock around all of it. */
class InMemorySource implements DocumentSource {
  private record Change(long sequence, String namespace, BsonValue id) {}

  private final Map<String, Map<BsonValue, RawBsonDocument>> collections = new LinkedHashMap<>();
  private final List<Change> log = new ArrayList<>();
  private long sequence;
  private long oldest;

  synchronized long put(String namespace, BsonDocument document) {
    BsonValue id = document.get("_id");
    RawBsonDocument raw = new RawBsonDocument(BsonBytes.encode(document));
    collections.computeIfAbsent(namespace, n -> new LinkedHashMap<>()).put(id, raw);
    log.add(new Change(++sequence, namespace, id));
    return sequence;
  }

  synchronized long delete(String namespace, BsonValue id) {
    collections.get(namespace).remove(id);
    log.add(new Change(++sequence, namespace, id));
    return sequence;
  }

  @Override
  public synchronized RawBsonDocument get(String namespace, BsonValue id) {
    return collections.getOrDefault(namespace, Map.of()).get(id);
  }

  @Override
  public void forEach(String namespace, BiConsumer<BsonValue, RawBsonDocument> consumer) {
    Map<BsonValue, RawBsonDocument> snapshot;
    synchronized (this) {
      snapshot = new LinkedHashMap<>(collections.getOrDefault(namespace, Map.of()));
    }
    snapshot.forEach(consumer);
  }

  @Override
  public synchronized long sequence() {
    return sequence;
  }

  @Override
  public synchronized long oldestSequence() {
    return oldest;
  }

  @Override
  public void changesAfter(long after, ChangeConsumer consumer) {
    List<Change> changes;
    synchronized (this) {
      int from = (int) Math.max(0, Math.min(log.size(), after - oldest));
      changes = List.copyOf(log.subList(from, log.size()));
    }
    changes.forEach(change -> consumer.change(change.sequence, change.namespace, change.id));
  }

  @Override
  public synchronized void trim(long upTo) {
    long gone = Math.min(upTo, sequence) - oldest;
    if (gone > 0) {
      log.subList(0, (int) gone).clear();
      oldest += gone;
    }
  }
}
