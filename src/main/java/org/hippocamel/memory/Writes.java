package org.hippocamel.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hippocamel.embedding.Lane;

/**
 * A request on its way to the store. Drafts that name the same row are one write, the last one's.
 *
 * @param tenant whose they are
 * @param lane how urgent their vectors are
 * @param keys for each draft of the request, the row it became
 * @param rows the distinct rows by key, in order
 */
public record Writes(String tenant, Lane lane, List<String> keys, Map<String, Write> rows) {

  static Writes of(RememberRequest request, Keying keying) {
    Map<String, Write> rows = new LinkedHashMap<>();
    List<String> keys =
        request.drafts().stream()
            .map(
                draft -> {
                  Write write = Write.of(request.tenant(), draft, keying);
                  rows.put(write.key(), write);
                  return write.key();
                })
            .toList();
    return new Writes(request.tenant(), request.lane(), keys, rows);
  }

  Writes map(UnaryOperator<Write> change) {
    Map<String, Write> changed = new LinkedHashMap<>();
    rows.forEach((key, write) -> changed.put(key, change.apply(write)));
    return new Writes(tenant, lane, keys, changed);
  }

  /** Rows without a vector, the first of each text. */
  List<Write> unembedded() {
    Map<String, Write> first = new LinkedHashMap<>();
    rows.values().stream()
        .filter(Write::needsVector)
        .forEach(write -> first.putIfAbsent(write.hash(), write));
    return List.copyOf(first.values());
  }
}
