package org.hippocamel.embedded.tei.core;

/** The model. Called by several threads at once. */
public interface Backend extends AutoCloseable {
  /** Length of every vector. */
  int dimensions();

  /**
   * @param ids tokens of one text, at least one
   * @return a fresh {@code float[dimensions]}, pooled, not normalised
   */
  float[] embed(long[] ids) throws Exception;

  @Override
  void close();
}
