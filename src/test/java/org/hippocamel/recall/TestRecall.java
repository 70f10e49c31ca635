package org.hippocamel.recall;

import org.hippocamel.config.Settings;
import org.hippocamel.recall.Fusing.Rule;

/** How tests of several packages fuse. */
public final class TestRecall {
  /** As it ships. */
  public static final Fusing SCORES = new Fusing(Rule.SCORE, 0.1);

  public static final Fusing RANKS = new Fusing(Rule.RRF, 0.1);

  private TestRecall() {}

  /** The values that {@code application.properties} ships. */
  public static Settings.Recall settings() {
    return new Settings.Recall(60, 60, 20, "score", 0.1, 16, false);
  }
}
