package org.hippocamel.embedding;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.hippocamel.batching.Flow;
import org.hippocamel.problem.Problem;

/**
 * The servers of one model, and everything that its calls share: limits, replicas, and for each
 * lane a group, slots and threads. Two models are two embedders: no batch holds texts for both, and
 * a slow one takes no threads of the other. Thread-safe.
 */
public final class Embedder {
  private final String name;
  private final String apiKey;
  private final CurrentLimits limits;
  private final Replicas replicas;
  private final Lanes lanes;
  private final Map<Lane, Flow> flows;
  private volatile String space;

  /**
   * @param name the prefix of its settings: {@code tei} or {@code next}
   * @param apiKey key of its servers, empty for none
   */
  public Embedder(
      String name,
      String apiKey,
      CurrentLimits limits,
      Replicas replicas,
      Lanes lanes,
      Map<Lane, Flow> flows) {
    this.name = name;
    this.apiKey = apiKey;
    this.limits = limits;
    this.replicas = replicas;
    this.lanes = lanes;
    this.flows = new EnumMap<>(flows);
  }

  public String name() {
    return name;
  }

  public CurrentLimits limits() {
    return limits;
  }

  public Replicas replicas() {
    return replicas;
  }

  public Lanes lanes() {
    return lanes;
  }

  public Flow flow(Lane lane) {
    return flows.get(lane);
  }

  /** Value of the Authorization header, or null where its servers have no key. */
  String authorization() {
    return apiKey.isEmpty() ? null : "Bearer " + apiKey;
  }

  /** Id of the space that its vectors belong to; null until that was found out. */
  public String space() {
    return space;
  }

  /** From now on its vectors belong to this space, and other models and lengths are refused. */
  public void settle(String id, int dimensions) {
    replicas.settle(dimensions);
    space = id;
  }

  /** Why none of its servers serves; empty while one does. */
  public Optional<Problem> trouble() {
    return replicas.trouble();
  }
}
