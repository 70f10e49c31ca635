package org.hippocamel.embedding;

import java.util.List;

/**
 * Follows batches for a tracing system. A batch belongs to many callers and so to none of their
 * traces: it is one span, linked to all of them. Asked by the threads of callers and lanes.
 */
public interface BatchTraces {
  /** Follows nothing. */
  BatchTraces NONE =
      new BatchTraces() {
        @Override
        public Object caller() {
          return null;
        }

        @Override
        public Ending left(Lane lane, int texts, List<Object> callers) {
          return tokens -> {};
        }
      };

  /** The trace of the caller who asks in this thread; null where there is none. */
  Object caller();

  /**
   * A batch leaves for the embedder.
   *
   * @param callers each caller's trace, as {@link #caller} gave it
   */
  Ending left(Lane lane, int texts, List<Object> callers);

  /** Hears that its callers are answered. */
  interface Ending {
    /**
     * @param tokens of the texts that have vectors
     */
    void settled(long tokens);
  }
}
