package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Keying;
import org.hippocamel.memory.Source;

/**
 * The keys of a memory. Two memories that share one are neighbours; the fewer share it, the nearer.
 *
 * <pre>
 * link:refund-17          the memory of that id, and those that link to it
 * session:s1              the whole conversation
 * turn:s1#4               turns 3 and 4 of it
 * source:3f2c...          the whole document
 * passage:3f2c...#0.7     passages 6 and 7 of its first record
 * tag:vip                 values of the tag fields
 * entity:ora-12154        what the text names
 * </pre>
 *
 * Keys know no tenant: they are looked up within one. The order is that in which they are followed
 * when not all can be.
 */
public final class MemoryKeys implements Keying {
  private static final int MOST_TAGS = 16;

  private final Entities entities;
  private final List<String> tagFields;

  /**
   * @param tagFields metadata fields whose values are tags
   */
  public MemoryKeys(Entities entities, List<String> tagFields) {
    this.entities = entities;
    this.tagFields = List.copyOf(tagFields);
  }

  @Override
  public List<String> keys(String id, Draft draft) {
    Set<String> keys = new LinkedHashSet<>();
    keys.add("link:" + id);
    draft.links().forEach(link -> keys.add("link:" + link));
    addTurns(draft, keys);
    addPassages(draft.source(), keys);
    keys.addAll(entities(draft.embedded()));
    if (draft.source() != null) {
      keys.add("source:" + draft.source().id());
    }
    if (draft.sessionId() != null) {
      keys.add("session:" + draft.sessionId());
    }
    tags(draft).forEach(tag -> keys.add("tag:" + tag));
    return List.copyOf(keys);
  }

  /** The keys of what a text names. */
  List<String> entities(String text) {
    return entities.of(text).stream().map(entity -> "entity:" + entity).toList();
  }

  /** A key stands between two turns: each has the one before it and the one behind it. */
  private static void addTurns(Draft draft, Set<String> keys) {
    Source source = draft.source();
    if (draft.sessionId() == null || draft.seq() == null && source == null) {
      return;
    }
    // The records of a file are in order, but their numbers say nothing about another file's.
    String session =
        "turn:" + draft.sessionId() + (draft.seq() == null ? "@" + source.id() : "") + "#";
    long turn = draft.seq() == null ? source.record() : draft.seq();
    addBetween(session, turn, keys);
    keys.add(session + (turn + 1));
  }

  private static void addPassages(Source source, Set<String> keys) {
    if (source == null) {
      return;
    }
    String record = "passage:" + source.id() + "#" + source.record() + ".";
    addBetween(record, source.chunk(), keys);
    if (source.chunk() + 1 < source.chunks()) {
      keys.add(record + (source.chunk() + 1));
    }
  }

  /** Nothing stands before the first one. */
  private static void addBetween(String prefix, long number, Set<String> keys) {
    if (number > 0) {
      keys.add(prefix + number);
    }
  }

  private List<String> tags(Draft draft) {
    List<String> tags = new ArrayList<>();
    for (String field : tagFields) {
      Object value = draft.metadata().get(field);
      List<?> values =
          value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
      values.stream()
          .filter(String.class::isInstance)
          .map(tag -> Entities.normalised((String) tag))
          .filter(Entities::fits)
          .forEach(tags::add);
    }
    return tags.stream().distinct().limit(MOST_TAGS).toList();
  }
}
