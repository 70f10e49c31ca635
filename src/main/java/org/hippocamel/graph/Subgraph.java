package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of the graph around the hits, as far as it is known. Immutable; each step of the walk
 * makes a larger one.
 *
 * <pre>
 * memories              hop   keys                          sizes
 * ""  (the question)     0    entity:exp-1042               entity:exp-1042  2
 * acme:incident-7        0    entity:exp-1042, session:s1   session:s1       412  (a hub)
 * acme:runbook-2-0       1    entity:exp-1042, source:9f
 * </pre>
 *
 * @param memories keys of each memory by its {@code _id}, in the order they were found; the
 *     question stands among them as {@link #QUESTION}
 * @param hops in which step each memory was found, 0 for hits
 * @param sizes memories of the tenant that share a key, at most one more than counts
 * @param fresh the keys that were sized in this step, and not followed yet
 * @param step steps made
 */
public record Subgraph(
    Map<String, List<String>> memories,
    Map<String, Integer> hops,
    Map<String, Integer> sizes,
    Set<String> fresh,
    int step) {
  /** No memory: what the question itself names. */
  static final String QUESTION = "";

  /** Hits, best first, and what the question names; nothing has been asked yet. */
  static Subgraph of(List<String> named, Map<String, List<String>> hits) {
    Map<String, List<String>> memories = new LinkedHashMap<>();
    memories.put(QUESTION, named);
    memories.putAll(hits);
    Map<String, Integer> hops = new LinkedHashMap<>();
    memories.keySet().forEach(id -> hops.put(id, 0));
    return new Subgraph(memories, hops, Map.of(), Set.of(), 0);
  }

  /** The memories that a step found; the hits are found in step 0. */
  List<String> foundIn(int number) {
    return memories.keySet().stream().filter(id -> hops.get(id) == number).toList();
  }

  /** Keys of the last step's memories that nobody asked for yet, by memory and by their order. */
  List<String> unasked(int most) {
    Set<String> keys = new LinkedHashSet<>();
    for (String id : foundIn(step)) {
      memories.get(id).stream().filter(key -> !sizes.containsKey(key)).forEach(keys::add);
    }
    return keys.stream().limit(most).toList();
  }

  Subgraph sized(Map<String, Integer> more) {
    Map<String, Integer> all = new LinkedHashMap<>(sizes);
    all.putAll(more);
    return new Subgraph(memories, hops, all, more.keySet(), step);
  }

  /**
   * The keys worth following: shared by somebody, by no more than a hub has, the rarest first, as
   * long as they lead to no more memories than may come.
   */
  List<String> rare(int mostMembers, int mostMemories) {
    List<String> own = memories.get(QUESTION);
    List<String> candidates =
        fresh.stream()
            .filter(key -> sizes.get(key) <= mostMembers)
            .filter(key -> sizes.get(key) > (own.contains(key) ? 0 : 1))
            .sorted(Comparator.comparing((String key) -> sizes.get(key)).thenComparing(key -> key))
            .toList();
    List<String> keys = new ArrayList<>();
    int room = mostMemories;
    for (String key : candidates) {
      room -= sizes.get(key);
      if (room < 0) {
        break;
      }
      keys.add(key);
    }
    return keys;
  }

  /** With the neighbours of a step; those that were there already keep their place. */
  Subgraph joined(Map<String, List<String>> neighbours) {
    Map<String, List<String>> all = new LinkedHashMap<>(memories);
    Map<String, Integer> at = new LinkedHashMap<>(hops);
    neighbours.forEach(
        (id, keys) -> {
          all.putIfAbsent(id, keys);
          at.putIfAbsent(id, step + 1);
        });
    return new Subgraph(all, at, sizes, Set.of(), step + 1);
  }

  /** The memories that share each key that was rare enough, where there are two of them. */
  Map<String, List<String>> members(int mostMembers) {
    Map<String, List<String>> members = new LinkedHashMap<>();
    memories.forEach(
        (id, keys) ->
            keys.stream()
                .filter(key -> sizes.getOrDefault(key, Integer.MAX_VALUE) <= mostMembers)
                .forEach(key -> members.computeIfAbsent(key, one -> new ArrayList<>()).add(id)));
    members.values().removeIf(ids -> ids.size() < 2);
    return members;
  }
}
