package org.hippocamel.recall;

import java.time.Duration;
import org.hippocamel.config.Settings;
import org.hippocamel.recall.Fusing.Rule;

/** How tests of several packages fuse. */
public final class TestRecall {
  /** As it ships. */
  public static final Fusing SCORES = new Fusing(Rule.SCORE, 0.1);

  public static final Fusing RANKS = new Fusing(Rule.RRF, 0.1);

  private TestRecall() {}

  /** As it ships, in a mode. */
  public static Ranking in(Mode mode) {
    return Ranking.of(mode, SCORES);
  }

  /** A question of tenant acme in a mode. */
  public static RecallRequest asked(Mode mode, int limit) {
    return RecallRequest.of("why?", Scope.of("acme"), in(mode), limit);
  }

  /** The values that {@code application.properties} ships. */
  public static Settings.Recall settings() {
    return settings(60, 4_000, false);
  }

  /** The same with another default for reranking. */
  public static Settings.Recall settings(boolean rerank) {
    return settings(60, 4_000, rerank);
  }

  /** The same with other lengths of lists. */
  static Settings.Recall settings(int pool, int maxPool) {
    return settings(pool, maxPool, false);
  }

  private static Settings.Recall settings(int pool, int maxPool, boolean rerank) {
    return new Settings.Recall(
        pool, maxPool, 1_000, 60, 20, "score", 0.1, 16, Duration.ofSeconds(2), rerank);
  }
}
