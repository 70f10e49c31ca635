package org.hippocamel.rerank;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.hippocamel.config.Rerank;
import org.hippocamel.embedding.Circuit;
import org.hippocamel.embedding.TeiInfo;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Peer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The server at {@code rerank.url}, if there is one: what it serves, with which limits, how long
 * its calls take, and whether it is asked at all. {@code routes/rerank.camel.yaml} looks at it
 * again and again. Thread-safe.
 */
public final class Reranker {
  /** How much a new call's time counts in the mean of all. */
  private static final double NEWEST = 0.2;

  private final Rerank settings;
  private final double share;
  private final Circuit circuit;
  private final RerankCounts counts;
  private final LongSupplier nanoTime;
  private final ScoreScale scale = new ScoreScale();
  private final List<IntConsumer> followers = new CopyOnWriteArrayList<>();
  private TeiInfo info;
  private RerankLimits limits;
  private int calls;
  private double meanNanos;
  private String news;

  /**
   * @param share of the server's permits that may be taken
   * @param circuit whether it is asked; from now on guarded by this
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public Reranker(
      Rerank settings, double share, Circuit circuit, RerankCounts counts, LongSupplier nanoTime) {
    this.settings = settings;
    this.share = share;
    this.circuit = circuit;
    this.counts = counts;
    this.nanoTime = nanoTime;
    this.limits = RerankLimits.of(settings, share, TeiInfo.STOCK);
  }

  /** Why it is not asked before it was heard. */
  public static Problem unheard() {
    return new Problem(ProblemKind.UNAVAILABLE, Peer.RERANKER + " was not asked yet");
  }

  /** Base URL without a slash at its end. */
  public String url() {
    return settings.url().orElseThrow();
  }

  /** Itself when it is to be looked at now. */
  public synchronized List<Reranker> due() {
    return settings.url().isPresent() && circuit.due() ? List.of(this) : List.of();
  }

  /**
   * It has answered {@code /info}.
   *
   * @throws Problem RERANKER_FAILED when it does not rerank
   */
  public synchronized void heard(byte[] body) {
    TeiInfo said = TeiInfo.reranker(body);
    if (circuit.heard()) {
      news = "Reranker " + url() + " serves " + said.modelId();
      scale.forget();
    }
    if (!said.equals(info)) {
      info = said;
      limits = RerankLimits.of(settings, share, said);
      scale.forget();
      followers.forEach(follower -> follower.accept(limits.calls()));
    }
  }

  /** It has not answered {@code /info}, or not as a reranking TEI does. */
  public synchronized void silent(Throwable thrown) {
    leaveOut(Diagnosis.of(thrown, Peer.RERANKER));
  }

  private void leaveOut(Problem reason) {
    if (circuit.leaveOut(reason)) {
      news = "Reranker " + url() + " is left out: " + reason.getMessage();
    }
  }

  /** What changed since this was asked last, for the log; null when nothing did. */
  public synchronized String news() {
    String last = news;
    news = null;
    return last;
  }

  /** Tells how many calls may be in flight, now and whenever that changes. */
  public synchronized void tell(IntConsumer follower) {
    followers.add(follower);
    follower.accept(limits.calls());
  }

  synchronized RerankLimits limits() {
    return limits;
  }

  ScoreScale scale() {
    return scale;
  }

  /** Model it serves, or null before that is known. */
  synchronized String modelId() {
    return info == null ? null : info.modelId();
  }

  /** Why it is not asked now. */
  synchronized Optional<Reranked> obstacle() {
    if (settings.url().isEmpty()) {
      return Optional.of(
          Reranked.not(
              Obstacle.NOT_CONFIGURED,
              "set RERANK_URL to a TEI with a reranking model, or RERANK_MODEL_DIR to the folder of"
                  + " one"));
    }
    return circuit
        .obstacle()
        .map(
            why ->
                Reranked.not(
                    why.passing() ? Obstacle.UNAVAILABLE : Obstacle.FAILED, why.getMessage()));
  }

  /**
   * Why a part is not worth a call any more: calls take longer than its caller will wait. One that
   * is alone is tried all the same, else nobody would notice that calls have become faster.
   */
  synchronized Optional<Reranked> tooLate(RerankPart part) {
    return calls == 0 || part.remaining(nanoTime.getAsLong()) >= meanNanos
        ? Optional.empty()
        : Optional.of(
            Reranked.not(
                Obstacle.OVERLOADED,
                "others stood before this request until it was too late (rerank.calls)"));
  }

  /**
   * A call begins.
   *
   * @return where it goes
   * @throws Problem TIMEOUT when nobody waits for it any more
   */
  public synchronized String enter(RerankPart part) {
    if (!part.awaited()) {
      throw new Problem(ProblemKind.TIMEOUT, "nobody waits for these scores any more");
    }
    calls++;
    counts.called();
    part.begin(nanoTime.getAsLong());
    return url();
  }

  /** A call was answered with scores. */
  synchronized void answered(RerankPart part) {
    counts.scored(part.size());
    double took = nanoTime.getAsLong() - part.begun();
    meanNanos = meanNanos == 0 ? took : meanNanos + NEWEST * (took - meanNanos);
  }

  /** A call is over, however it ended. */
  public synchronized void over(RerankPart part) {
    calls--;
  }

  /**
   * A request has ended. Requests are counted, not calls: a reranker that answers one of two calls
   * in time is of no use to a search either. What was never asked for, or ended by our own line,
   * says nothing of the server; nor does one who waits long and asks for more than any server does
   * in that time.
   */
  synchronized void ended(Asked asked, Reranked how) {
    if (!asked.called()) {
      return;
    }
    if (how.done()) {
      circuit.answered();
      return;
    }
    boolean line = how.obstacle() == Obstacle.OVERLOADED && asked.status().isEmpty();
    boolean alive =
        how.obstacle() == Obstacle.TOO_SLOW && asked.request().patient() && asked.anyScored();
    Problem problem = new Problem(how.obstacle().kind(), how.detail());
    if (!line && !alive && circuit.failed(problem, asked.status())) {
      leaveOut(problem);
    }
  }
}
