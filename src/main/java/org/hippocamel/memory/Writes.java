package org.hippocamel.memory;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.bson.BinaryVector;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.spaces.Space;

/**
 * A request on its way to the store. Drafts that name the same row are one write, the last one's.
 *
 * @param tenant whose they are
 * @param lane how urgent their vectors are
 * @param space the one that was active when they came: without a vector in it nothing is stored
 * @param companions spaces in which they get a vector too if that is to be had
 * @param keys for each draft of the request, the row it became
 * @param rows the distinct rows by key, in order
 * @param promises what was asked for in the companions
 */
public record Writes(
    String tenant,
    Lane lane,
    Space space,
    List<Space> companions,
    List<String> keys,
    Map<String, Write> rows,
    Queue<Companions.Promise> promises) {

  static Writes of(RememberRequest request, Keying keying, Space space, List<Space> companions) {
    Map<String, Write> rows = new LinkedHashMap<>();
    List<String> keys =
        request.drafts().stream()
            .map(
                draft -> {
                  Write write = Write.of(request.tenant(), draft, keying, space.id());
                  rows.put(write.key(), write);
                  return write.key();
                })
            .toList();
    return new Writes(
        request.tenant(),
        request.lane(),
        space,
        companions,
        keys,
        rows,
        new ConcurrentLinkedQueue<>());
  }

  Writes map(UnaryOperator<Write> change) {
    Map<String, Write> changed = new LinkedHashMap<>();
    rows.forEach((key, write) -> changed.put(key, change.apply(write)));
    return new Writes(tenant, lane, space, companions, keys, changed, promises);
  }

  /** Rows without a vector, the first of each text. */
  List<Write> unembedded() {
    return firsts(Write::needsVector);
  }

  /** Rows without a vector in a companion, the first of each text. */
  List<Write> unembedded(Space companion) {
    return firsts(write -> !write.unchanged() && !write.vectors().containsKey(companion.id()));
  }

  private List<Write> firsts(Predicate<Write> which) {
    Map<String, Write> first = new LinkedHashMap<>();
    rows.values().stream().filter(which).forEach(write -> first.putIfAbsent(write.hash(), write));
    return List.copyOf(first.values());
  }

  /** With the vectors that came; a text without one goes without. */
  Writes withElsewhere(Elsewhere wish, List<Embedding> embeddings) {
    Map<String, Placed> placed = new HashMap<>();
    for (int i = 0; i < embeddings.size(); i++) {
      Embedding one = embeddings.get(i);
      if (one.refusal() == null && one.vector().length == wish.space().dimensions()) {
        placed.put(
            wish.hashes().get(i),
            new Placed(BinaryVector.floatVector(one.vector()), one.truncated()));
      }
    }
    return map(
        write ->
            placed.containsKey(write.hash())
                ? write.with(wish.space().id(), placed.get(write.hash()))
                : write);
  }
}
