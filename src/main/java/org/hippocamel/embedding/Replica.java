package org.hippocamel.embedding;

/** One of the TEI servers of a model, as {@link Replicas} knows it and guards it. */
public final class Replica {
  /** How much a new call's time counts in the mean of all. */
  private static final double NEWEST = 0.2;

  private final Replicas owner;
  private final String url;
  private final int[] calls = new int[Lane.values().length];
  final Circuit circuit;
  TeiInfo info; // as last heard; null before
  EmbedLimits limits;
  String answersAs; // the model's name in its replies since it was last heard
  private int texts;
  private double meanNanos;

  Replica(Replicas owner, String url, Circuit circuit) {
    this.owner = owner;
    this.url = url;
    this.circuit = circuit;
  }

  /** Those that serve the same model. */
  Replicas owner() {
    return owner;
  }

  /** Base URL without a slash at its end. */
  public String url() {
    return url;
  }

  boolean serves() {
    return circuit.closed();
  }

  /** Whether a call more is within its own limits; a call without a lane takes none of them. */
  boolean free(Lane lane, int more) {
    return lane == null || calls[lane.ordinal()] < limits.calls(lane) && roomFor(more);
  }

  boolean roomFor(int more) {
    return texts + more <= limits.inFlight();
  }

  /** Texts before a new one, weighed by the time that its calls take: the lower the better. */
  double load(int more) {
    return (texts + more) * Math.max(1, meanNanos);
  }

  void enter(Turn turn) {
    if (turn.lane() != null) {
      calls[turn.lane().ordinal()]++;
      texts += turn.texts();
    }
  }

  void leave(Turn turn, long nanos) {
    if (turn.lane() != null) {
      calls[turn.lane().ordinal()]--;
      texts -= turn.texts();
      meanNanos = meanNanos == 0 ? nanos : meanNanos + NEWEST * (nanos - meanNanos);
    }
  }

  int textsInFlight() {
    return texts;
  }
}
