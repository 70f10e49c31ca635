package org.hippocamel.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.hippocamel.embedding.Size;
import org.hippocamel.problem.Problem;

/**
 * Neighbouring texts of a request that are asked for in one call, and fewer when TEI refuses the
 * call because of one and does not say which. Used by one thread after another.
 */
public final class RerankPart {
  /** The rest of a request's body. */
  private static final int FRAME_BYTES = 128;

  private final Asked asked;
  private final int from;
  private final int to;
  private long begun;
  private int tries;

  private RerankPart(Asked asked, int from, int to) {
    this.asked = asked;
    this.from = from;
    this.to = to;
  }

  /**
   * All texts of a request in parts that one call may hold, of about equal length, so that they end
   * together. A text too large for any call is a part alone.
   */
  static List<RerankPart> of(Asked asked, RerankLimits limits) {
    List<String> texts = asked.request().texts();
    int calls = Math.max(1, (texts.size() + limits.texts() - 1) / limits.texts());
    int most = (texts.size() + calls - 1) / calls;
    long frame = FRAME_BYTES + Size.jsonBytes(asked.request().query());
    List<RerankPart> parts = new ArrayList<>();
    int from = 0;
    long bytes = frame;
    for (int i = 0; i < texts.size(); i++) {
      long one = Size.jsonBytes(texts.get(i));
      if (i > from && (i - from == most || bytes + one > limits.bytes())) {
        parts.add(new RerankPart(asked, from, i));
        from = i;
        bytes = frame;
      }
      bytes += one;
    }
    if (from < texts.size()) {
      parts.add(new RerankPart(asked, from, texts.size()));
    }
    return parts;
  }

  String query() {
    return asked.request().query();
  }

  List<String> texts() {
    return asked.request().texts().subList(from, to);
  }

  int size() {
    return to - from;
  }

  /** Longest wait for its answer, milliseconds: one of two values. */
  public long timeoutMillis() {
    return asked.deadline().toMillis();
  }

  /** Whether somebody still waits for it. */
  boolean awaited() {
    return asked.awaited();
  }

  /** Nanoseconds until nobody waits any more. */
  long remaining(long now) {
    return asked.begun() + asked.deadline().toNanos() - now;
  }

  void begin(long now) {
    asked.call();
    begun = now;
    tries++;
  }

  /** Calls that have begun. */
  int tries() {
    return tries;
  }

  long begun() {
    return begun;
  }

  /** Both halves, the first not larger than the second. */
  List<RerankPart> halves() {
    int middle = (from + to) >>> 1;
    return List.of(new RerankPart(asked, from, middle), new RerankPart(asked, middle, to));
  }

  boolean mayHalve() {
    return size() > 1 && asked.mayHalve();
  }

  void score(float[] scores, int tokens) {
    asked.score(from, scores, tokens);
  }

  /** Its only text cannot be scored. */
  void refuse(Problem reason, OptionalInt status) {
    asked.refuse(reason, status);
  }

  /** Without it there is no answer to the whole request. */
  void fail(Problem reason, OptionalInt status) {
    asked.fail(reason, status);
  }

  /** It will not be asked for. */
  void end(Reranked how) {
    asked.end(how);
  }
}
