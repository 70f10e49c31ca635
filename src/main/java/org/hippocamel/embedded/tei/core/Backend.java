package org.hippocamel.embedded.tei.core;

/** The model. Called by several threads at once. */
public interface Backend extends AutoCloseable {
  ModelType modelType();

  /** Length of every vector of an embedding model. */
  int dimensions();

  /**
   * @return a fresh {@code float[dimensions]}, pooled, not normalised
   */
  float[] embed(ValidEncoding input) throws Exception;

  /**
   * @return a row of {@code float[dimensions]} per token, not normalised
   */
  float[][] embedAll(ValidEncoding input) throws Exception;

  /**
   * @return a fresh array of one logit per label of a classifier
   */
  float[] predict(ValidEncoding input) throws Exception;

  @Override
  void close();
}
