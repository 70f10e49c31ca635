package org.hippocamel.embedding;

import java.util.List;
import java.util.Optional;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The embedders of this process: the one at {@code tei.url}, and the one at {@code next.tei.url}
 * where memories move to another model. Which of them serves the active space is found out, not
 * set. Also the values of calls at their servers, which the routes take here. Thread-safe.
 */
public final class Embedders {
  private final List<Embedder> all;
  private volatile String active;

  /**
   * @param all at least one; before a space is active the first one is asked
   */
  public Embedders(List<Embedder> all) {
    this.all = List.copyOf(all);
  }

  public List<Embedder> all() {
    return all;
  }

  /** From now on texts are embedded in this space unless a request names another. */
  public void activate(String space) {
    active = space;
  }

  /** The embedder that is asked where a request names no space. */
  public Optional<Embedder> active() {
    return active == null ? Optional.of(all.get(0)) : of(active);
  }

  /** The same for what needs one always, as metrics and limits do. */
  public Embedder activeOrFirst() {
    return active().orElse(all.get(0));
  }

  /**
   * Who serves a space: one that answers, where two do.
   *
   * @param space id of a space, or the name of an embedder whose space is not known yet; null for
   *     the active space
   */
  public Optional<Embedder> of(String space) {
    if (space == null) {
      return active();
    }
    List<Embedder> serving =
        all.stream().filter(one -> space.equals(one.space()) || space.equals(one.name())).toList();
    return serving.stream()
        .filter(one -> one.trouble().isEmpty())
        .findFirst()
        .or(() -> serving.stream().findFirst());
  }

  /** The space that a request means: the one it names, or the active one. */
  String wanted(String space) {
    return space == null ? active : space;
  }

  /** Whether texts would be embedded in this space now. */
  public boolean serves(String space) {
    return of(space).filter(one -> one.trouble().isEmpty()).isPresent();
  }

  /** Why nothing is embedded in the active space now; empty while it is. */
  public Optional<Problem> trouble() {
    return active().map(Embedder::trouble).orElseGet(() -> Optional.of(absent(active)));
  }

  static Problem absent(String space) {
    return new Problem(
        ProblemKind.UNAVAILABLE,
        "no embedder serves the space "
            + space
            + ": neither tei.url nor next.tei.url names a server of its model");
  }

  /** The servers to look at now. */
  public List<Replica> due() {
    return all.stream().flatMap(one -> one.replicas().due().stream()).toList();
  }

  /** As {@link Replicas#heard}. */
  public String heard(Replica replica, byte[] body) {
    return replica.owner().heard(replica, body);
  }

  /** As {@link Replicas#silent}. */
  public String silent(Replica replica, Throwable thrown) {
    return replica.owner().silent(replica, thrown);
  }

  /** The place for a call, as {@link Replicas#turn} gives it. */
  public Turn turn(EmbedPart part) {
    return part.batch().embedder().replicas().turn(part);
  }

  /**
   * The place for a call that takes no permits.
   *
   * @param embedder whose tokenizer is wanted; null for that of the active space
   */
  public Turn tokenizing(Embedder embedder) {
    Embedder asked = embedder == null ? active().orElseThrow(() -> absent(active)) : embedder;
    return asked.replicas().tokenizing();
  }

  /**
   * As {@link Replicas#failed}.
   *
   * @throws Throwable what was thrown
   */
  public void failed(Turn turn, Throwable thrown) throws Throwable {
    turn.replica().owner().failed(turn, thrown);
  }

  /** As {@link Replicas#over}. */
  public void over(Turn turn) {
    turn.replica().owner().over(turn);
  }

  /** Value of the Authorization header for a server, or null where it has no key. */
  public String authorization(Replica replica) {
    return all.stream()
        .filter(one -> one.replicas() == replica.owner())
        .findFirst()
        .map(Embedder::authorization)
        .orElse(null);
  }

  /** Time in which calls for vectors were under way, of both models, since the start. */
  public long busyNanos() {
    return all.stream().mapToLong(one -> one.replicas().busyNanos()).sum();
  }
}
