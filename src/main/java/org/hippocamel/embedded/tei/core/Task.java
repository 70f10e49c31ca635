package org.hippocamel.embedded.tei.core;

/** What a call wants of the model for each of its inputs. */
public sealed interface Task {
  /**
   * One row: the text's vector.
   *
   * @param dimensions length to cut the vector to before it is normalised, null for all
   */
  record Embed(boolean normalize, Integer dimensions) implements Task {
    @Override
    public float[][] run(Backend backend, ValidEncoding input) throws Exception {
      return new float[][] {Norm.apply(backend.embed(input), dimensions, normalize)};
    }
  }

  /** A row per token, never normalised. */
  record EmbedAll() implements Task {
    @Override
    public float[][] run(Backend backend, ValidEncoding input) throws Exception {
      return backend.embedAll(input);
    }
  }

  /**
   * One row: a score per label.
   *
   * @param rawScores logits instead of probabilities
   */
  record Predict(boolean rawScores) implements Task {
    @Override
    public float[][] run(Backend backend, ValidEncoding input) throws Exception {
      float[] logits = backend.predict(input);
      return new float[][] {rawScores ? logits : Probabilities.of(logits)};
    }
  }

  float[][] run(Backend backend, ValidEncoding input) throws Exception;

  /** The second word of the per-input series of this task. */
  default String series() {
    return this instanceof Predict ? "te_predict_" : "te_embed_";
  }

  /**
   * @throws TeiException Backend if a model of that type cannot do it
   */
  default void check(ModelType type) {
    boolean predicts = this instanceof Predict;
    if (predicts != type instanceof ModelType.Classifier) {
      String wanted = predicts ? "a classifier" : "an embedding";
      throw TeiException.backend("Model is not " + wanted + " model", null);
    }
  }
}
