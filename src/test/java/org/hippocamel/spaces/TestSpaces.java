package org.hippocamel.spaces;

import java.util.Optional;
import org.hippocamel.embedding.EmbedSettings;

/** Spaces that tests of several packages share. */
public final class TestSpaces {
  private TestSpaces() {}

  /** Three dimensions, asked with an instruction. */
  public static Space small() {
    return new Space("m-3", "acme/m", null, "cls", 3, "query: ", "");
  }

  /** Open for reading and writing. */
  public static ActiveSpace active(Space space) {
    ActiveSpace active = new ActiveSpace();
    active.set(space);
    return active;
  }

  /** With an embedder and a store that are there. */
  public static Readiness ready(ActiveSpace space) {
    return new Readiness(space, EmbedSettings.embedders(EmbedSettings.serving()), Optional::empty);
  }

  /** Open, with a measured cosine of unrelated memories. */
  public static ActiveSpace calibrated(Space space, double mean, double deviation) {
    ActiveSpace active = active(space);
    active.calibrate(space.id(), new Calibration(mean, deviation, 256, 1_000));
    return active;
  }
}
