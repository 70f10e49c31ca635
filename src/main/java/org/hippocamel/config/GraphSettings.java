package org.hippocamel.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code graph.*}: what connects memories, and how far a context follows it.
 *
 * @param tagFields metadata fields whose values connect
 * @param termsFile dictionary of entities, or empty
 * @param maxEntities entities of one memory
 * @param seeds hits from which the graph is followed
 * @param hops steps where a request does not say how many
 * @param maxKeys keys whose size is asked for in one step
 * @param maxKeySize memories that may share a key that is followed
 * @param maxNodes memories that one step brings up
 * @param candidates memories brought up by the graph that go on to the ranking
 * @param damping share of a memory's rank that it hands on
 * @param weight share of the graph in a score
 */
public record GraphSettings(
    List<String> tagFields,
    Optional<Path> termsFile,
    int maxEntities,
    int seeds,
    int hops,
    int maxKeys,
    int maxKeySize,
    int maxNodes,
    int candidates,
    double damping,
    double weight) {

  static GraphSettings read(SettingReader in) {
    return new GraphSettings(
        in.list("graph.tag-fields"),
        in.optional("graph.terms-file").map(Path::of),
        in.integer("graph.max-entities", 0, 200),
        in.integer("graph.seeds", 1, 100),
        in.integer("graph.hops", 1, 2),
        in.integer("graph.max-keys", 1, 500),
        in.integer("graph.max-key-size", 2, 1_000),
        in.integer("graph.max-nodes", 1, 2_000),
        in.integer("graph.candidates", 1, 200),
        in.decimal("graph.damping", 0, 0.99),
        in.decimal("graph.weight", 0, 1));
  }
}
