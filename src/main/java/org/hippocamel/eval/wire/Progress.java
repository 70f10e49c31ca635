package org.hippocamel.eval.wire;

/** Whoever is told how far an evaluation is; by several threads at once. */
public interface Progress {
  /**
   * Something begins.
   *
   * @param what {@code scifact: storing documents}
   * @param items how many there are of it
   */
  void begin(String what, long items);

  /** So many of them are done, beyond those told before. */
  void did(long items);
}
