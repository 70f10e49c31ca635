package org.hippocamel.shadow;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.hippocamel.config.ShadowSettings;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/**
 * The values of shadowed searches, step by step as {@code routes/shadow.camel.yaml} takes them.
 * Thread-safe.
 */
public final class Shadowing {
  private final ActiveSpace spaces;
  private final ShadowSettings settings;
  private final ShadowCounts counts;
  private final DoubleSupplier random;
  private final LongSupplier nanos;
  private final Semaphore free;

  /**
   * @param random numbers in [0, 1)
   * @param nanos a clock for durations
   */
  public Shadowing(
      ActiveSpace spaces,
      ShadowSettings settings,
      ShadowCounts counts,
      DoubleSupplier random,
      LongSupplier nanos) {
    this.spaces = spaces;
    this.settings = settings;
    this.counts = counts;
    this.random = random;
    this.nanos = nanos;
    this.free = new Semaphore(settings.atOnce());
  }

  /** This moment, for durations. */
  public long now() {
    return nanos.getAsLong();
  }

  /**
   * The search to ask of another space, or null for one that is left alone: further pages, searches
   * of a named space and of evaluations, answers by words alone, and all but the wanted share.
   * After a search that is not null {@link #over} is due.
   *
   * @param began when the caller's search did
   */
  public Shadow shadow(RecallRequest request, SearchReply reply, long began) {
    boolean plain =
        request.space() == null
            && request.page().before() == 0
            && !request.scope().tenant().startsWith(ActiveSpace.SET);
    if (!plain || reply.degraded() != null || random.getAsDouble() >= settings.share()) {
      return null;
    }
    Optional<Space> other = other(reply.space());
    if (other.isEmpty()) {
      return null;
    }
    if (!free.tryAcquire()) {
      counts.left();
      return null;
    }
    return new Shadow(
        request.in(other.get().id()), reply.space(), ids(reply), (now() - began) / 1e6);
  }

  /** The newest complete space beside the one that answered, if its embedder is there. */
  private Optional<Space> other(String answered) {
    Space active = spaces.get();
    return active.id().equals(answered)
        ? spaces.complete(active).stream().reduce((older, newer) -> newer)
        : Optional.empty();
  }

  private static List<String> ids(SearchReply reply) {
    return reply.hits().stream().map(hit -> MemoryId.id(hit.row().getString("_id"))).toList();
  }

  /** What the other space is asked. */
  public RecallRequest question(Shadow shadow) {
    return shadow.request();
  }

  /** Both answers compared; null where neither found anything or the other gave words alone. */
  public ShadowedSearch compared(Shadow shadow, long began, SearchReply reply) {
    double took = (now() - began) / 1e6;
    int k = shadow.request().limit();
    Agreement agreement = Agreement.of(shadow.found(), ids(reply), k);
    if (reply.degraded() != null) {
      counts.failed();
      return null;
    }
    if (agreement == null) {
      return null;
    }
    counts.compared();
    return new ShadowedSearch(
        shadow.space(),
        reply.space(),
        shadow.request().mode().word(),
        k,
        agreement,
        shadow.millis(),
        took);
  }

  /** The other space did not answer. */
  public void failed() {
    counts.failed();
  }

  /** A shadowed search is over, however it ended. */
  public void over() {
    free.release();
  }
}
