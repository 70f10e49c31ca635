package org.hippocamel.embedding;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The TEI servers of one model: which of them serve, with which limits, and which one the next call
 * goes to. A circuit breaker for each: one that lost several calls in a row, refused the key or
 * changed its model is left out, looked at again and again by {@code routes/replicas.camel.yaml},
 * and taken back when it answers as it should. Thread-safe.
 */
public final class Replicas {
  private final String key;
  private final CurrentLimits limits;
  private final RetryBudget budget;
  private final LongSupplier nanoTime;
  private final List<Replica> all;
  private TeiInfo model; // what the others must serve too
  private int dimensions; // 0 while not known
  private boolean settled;
  private Problem lost; // the last call that will be repeated; null after one that was answered
  private int callsInFlight; // those that embed
  private long busySince;
  private long busyNanos; // of the spans that are over
  private volatile Follower follower = Follower.NONE;

  /** Hears of calls; may be asked by several threads at once, while nobody else is served. */
  public interface Follower {
    Follower NONE =
        new Follower() {
          @Override
          public void over(Turn turn, long nanos) {}

          @Override
          public void failed(Turn turn, ProblemKind kind) {}
        };

    /** A call is over, well or not. */
    void over(Turn turn, long nanos);

    /** A call was lost or refused. */
    void failed(Turn turn, ProblemKind kind);
  }

  /**
   * @param key the setting that names them, for messages
   * @param urls base URLs
   * @param limits follow those that serve
   * @param maxFailures lost calls in a row after which a replica is left out
   * @param check time after which one that serves is looked at again
   * @param retriesPerSecond repeated calls that are always allowed
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public Replicas(
      String key,
      List<String> urls,
      CurrentLimits limits,
      int maxFailures,
      Duration check,
      int retriesPerSecond,
      LongSupplier nanoTime) {
    this.key = key;
    this.limits = limits;
    this.budget = new RetryBudget(retriesPerSecond, nanoTime);
    this.nanoTime = nanoTime;
    Problem unheard =
        new Problem(ProblemKind.UNAVAILABLE, "the embedder at " + key + " was not asked yet");
    this.all =
        urls.stream()
            .map(
                url ->
                    new Replica(
                        this,
                        url,
                        new Circuit(maxFailures, check, Duration.ZERO, nanoTime, unheard)))
            .toList();
  }

  /** Those to look at now: all that are left out, and others that were not heard for a while. */
  public synchronized List<Replica> due() {
    return all.stream().filter(replica -> replica.circuit.due()).toList();
  }

  /**
   * A replica has answered {@code /info}.
   *
   * @return what changed, for the log; null when nothing did
   */
  public synchronized String heard(Replica replica, byte[] body) {
    TeiInfo info = TeiInfo.parse(body);
    if (model == null || !settled && alone(replica)) {
      model = info;
    }
    if (!info.sameModel(model)) {
      return leaveOut(replica, otherModel(replica, info));
    }
    boolean back = replica.circuit.heard();
    boolean changed = back || !info.equals(replica.info);
    replica.info = info;
    replica.limits = limits.of(info);
    replica.answersAs = null;
    if (changed) {
      tellLimits();
    }
    return back ? "Embedder " + replica.url() + " serves " + info.modelId() : null;
  }

  private boolean alone(Replica replica) {
    return all.stream().noneMatch(other -> other != replica && other.serves());
  }

  private Problem otherModel(Replica replica, TeiInfo info) {
    return new Problem(
        ProblemKind.EMBEDDER_FAILED,
        "the embedder at "
            + replica.url()
            + " serves "
            + info.describe()
            + ", where "
            + model.describe()
            + " is needed: vectors of two models cannot be compared. Give it that model again, or"
            + " take it out of "
            + key);
  }

  /**
   * A replica has not answered {@code /info}, or not as a TEI does.
   *
   * @return what changed, for the log; null when nothing did
   */
  public synchronized String silent(Replica replica, Throwable thrown) {
    return leaveOut(replica, Diagnosis.of(thrown));
  }

  private String leaveOut(Replica replica, Problem reason) {
    if (!replica.circuit.leaveOut(reason)) {
      return null;
    }
    tellLimits();
    return "Embedder " + replica.url() + " is left out: " + reason.getMessage();
  }

  /** The last limits stay when nobody serves: calls wait with their batches as they are. */
  private void tellLimits() {
    List<TeiInfo> serving = serving().map(replica -> replica.info).toList();
    if (!serving.isEmpty()) {
      limits.follow(serving);
    }
  }

  private Stream<Replica> serving() {
    return all.stream().filter(Replica::serves);
  }

  /**
   * The place for a call: the least loaded replica that serves.
   *
   * @throws Problem TIMEOUT when its callers have given up meanwhile; UNAVAILABLE when no replica
   *     is free now, or the call is a repetition and the budget for those is used up; or why the
   *     last one was left out, where waiting would not help
   */
  public synchronized Turn turn(EmbedPart part) {
    if (!part.batch().awaited()) {
      throw new Problem(ProblemKind.TIMEOUT, "nobody waits for these texts any more");
    }
    if (!part.tried()) {
      budget.earn();
    } else if (!budget.spend()) {
      throw new Problem(
          ProblemKind.UNAVAILABLE,
          "the embedder at "
              + key
              + " has refused so much that repeated calls wait"
              + " (tei.retries-per-second)");
    }
    return turn(part.batch().lane(), part.size());
  }

  /** The place for a call that takes no permits of the server. */
  public synchronized Turn tokenizing() {
    return turn(null, 0);
  }

  private Turn turn(Lane lane, int texts) {
    Replica chosen =
        least(texts, replica -> replica.free(lane, texts))
            .or(() -> least(texts, replica -> replica.roomFor(texts)))
            .orElseThrow(this::none);
    Turn turn = new Turn(chosen, lane, texts, nanoTime.getAsLong());
    chosen.enter(turn);
    if (turn.embeds() && callsInFlight++ == 0) {
      busySince = turn.since();
    }
    return turn;
  }

  private Optional<Replica> least(int texts, Predicate<Replica> may) {
    return serving().filter(may).min(Comparator.comparingDouble(one -> one.load(texts)));
  }

  /** Why callers wait: no replica serves, or the last call was refused; empty when neither is. */
  synchronized Optional<Problem> obstacle() {
    return trouble().or(() -> Optional.ofNullable(lost));
  }

  private Problem none() {
    return trouble()
        .orElseGet(
            () ->
                new Problem(
                    ProblemKind.UNAVAILABLE,
                    "every embedder at " + key + " has as much as it takes"));
  }

  /**
   * Counts a lost call against its replica and throws on what was thrown.
   *
   * @throws Throwable the same
   */
  public void failed(Turn turn, Throwable thrown) throws Throwable {
    if (Diagnosis.foreign(thrown)) {
      count(turn, thrown);
    }
    throw thrown;
  }

  private synchronized void count(Turn turn, Throwable thrown) {
    Problem problem = Diagnosis.of(thrown);
    follower.failed(turn, problem.kind());
    lost = problem.passing() ? problem : lost;
    // A server without /tokenize embeds all the same.
    OptionalInt status = turn.embeds() ? Diagnosis.status(thrown) : OptionalInt.empty();
    if (turn.replica().circuit.failed(problem, status)) {
      leaveOut(turn.replica(), problem);
    }
  }

  /**
   * A call was answered under this model name.
   *
   * @throws Problem UNAVAILABLE when the replica has answered under another name before: somebody
   *     may have started it with another model; it is left out until {@code /info} says
   */
  public synchronized void answered(Turn turn, String name) {
    Replica replica = turn.replica();
    replica.circuit.answered();
    lost = null;
    if (replica.answersAs == null) {
      replica.answersAs = name;
    } else if (!replica.answersAs.equals(name)) {
      Problem doubt =
          new Problem(
              ProblemKind.UNAVAILABLE,
              "the embedder at "
                  + replica.url()
                  + " answered as model "
                  + name
                  + " after it was "
                  + replica.answersAs
                  + "; its /info is being read again");
      leaveOut(replica, doubt);
      throw doubt;
    }
  }

  /**
   * Tokens that the replica reads of a text, special ones left out; without limit when it refuses
   * longer texts instead of cutting them.
   */
  synchronized int textTokens(Turn turn) {
    Replica replica = turn.replica();
    return replica.info.autoTruncate() ? replica.limits.textTokens() : Integer.MAX_VALUE;
  }

  /** The call is over, however it ended. */
  public synchronized void over(Turn turn) {
    long now = nanoTime.getAsLong();
    turn.replica().leave(turn, now - turn.since());
    if (turn.embeds() && --callsInFlight == 0) {
      busyNanos += now - busySince;
    }
    follower.over(turn, now - turn.since());
  }

  /** From now on this one hears of calls. */
  public void tell(Follower hearing) {
    follower = hearing;
  }

  /** Time in which at least one call for vectors was under way, since the start. */
  public synchronized long busyNanos() {
    return busyNanos + (callsInFlight > 0 ? nanoTime.getAsLong() - busySince : 0);
  }

  /** Addresses of all, serving or not. */
  public List<String> urls() {
    return all.stream().map(Replica::url).toList();
  }

  /** Whether the one at this address serves. */
  public synchronized boolean serves(String url) {
    return serving().anyMatch(replica -> replica.url().equals(url));
  }

  /**
   * What the replicas serve.
   *
   * @throws Problem why none of them does
   */
  public synchronized TeiInfo model() {
    trouble()
        .ifPresent(
            problem -> {
              throw problem;
            });
    return model;
  }

  /** What vectors of now belong to, for the cache. */
  synchronized String space() {
    return model == null ? "" : model.describe();
  }

  /** From now on this model is the only one, and its vectors have this length. */
  public synchronized void settle(int length) {
    dimensions = length;
    settled = true;
  }

  /** Length of every vector, 0 while it is not known. */
  public synchronized int dimensions() {
    return dimensions;
  }

  /** Texts in calls that are not over. */
  public synchronized int textsInFlight() {
    return all.stream().mapToInt(Replica::textsInFlight).sum();
  }

  /** Why no replica serves; empty while one does. */
  public synchronized Optional<Problem> trouble() {
    if (serving().findAny().isPresent()) {
      return Optional.empty();
    }
    // One that may come back by itself is worth waiting for, whatever is wrong with the others.
    return all.stream()
        .map(replica -> replica.circuit.obstacle().orElseThrow())
        .min(Comparator.comparing(problem -> problem.passing() ? 0 : 1));
  }
}
