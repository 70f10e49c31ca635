package org.hippocamel.embedding;

import java.util.List;

/** Texts that were embedded, for tests of other packages. */
public final class Embedded {
  private Embedded() {}

  /** Counts a text of so many tokens. */
  public static void count(EmbedCounts counts, Lane lane, int tokens) {
    EmbedBatch batch = new EmbedBatch(EmbedSettings.ticket(lane, false, "a"));
    batch.whole().deliver(List.of(Embedding.of(new float[] {1}, tokens)));
    counts.count(batch);
  }
}
