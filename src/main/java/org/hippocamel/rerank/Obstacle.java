package org.hippocamel.rerank;

import java.util.Locale;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** Why texts have no scores, with what it means to a caller who cannot do without them. */
public enum Obstacle {
  /** There is no reranker. */
  NOT_CONFIGURED(ProblemKind.UNAVAILABLE),
  /** It is not there, or was left out for the calls it lost. */
  UNAVAILABLE(ProblemKind.UNAVAILABLE),
  /** It has as much as it takes, or others stand before this request for too long. */
  OVERLOADED(ProblemKind.OVERLOADED),
  /** The deadline has passed. */
  TOO_SLOW(ProblemKind.TIMEOUT),
  /** It refused, or answered what is no scores. */
  FAILED(ProblemKind.RERANKER_FAILED);

  private final ProblemKind kind;

  Obstacle(ProblemKind kind) {
    this.kind = kind;
  }

  /** What one call met. */
  static Obstacle of(Problem problem) {
    return switch (problem.kind()) {
      case UNAVAILABLE -> UNAVAILABLE;
      case OVERLOADED -> OVERLOADED;
      case TIMEOUT -> TOO_SLOW;
      default -> FAILED;
    };
  }

  ProblemKind kind() {
    return kind;
  }

  /** As replies name it: {@code too slow}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The metric label: {@code too-slow}. */
  public String label() {
    return words().replace(' ', '-');
  }
}
