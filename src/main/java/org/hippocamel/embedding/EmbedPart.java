package org.hippocamel.embedding;

import java.util.List;

/**
 * Neighbouring texts of a batch that are asked for in one call: all of them at first, fewer when
 * TEI refuses the call because of one and does not say which. Used by one thread after another.
 */
public final class EmbedPart {
  private final EmbedBatch batch;
  private final int from;
  private final int to;
  private boolean tried;

  /**
   * @param batch whose texts they are
   * @param from index of the first
   * @param to index after the last
   */
  EmbedPart(EmbedBatch batch, int from, int to) {
    this.batch = batch;
    this.from = from;
    this.to = to;
  }

  EmbedBatch batch() {
    return batch;
  }

  public List<String> texts() {
    return batch.texts().subList(from, to);
  }

  /** Number of its texts; 0 when nobody waits for any. */
  public int size() {
    return to - from;
  }

  /** Whether it was asked for before; from now on it was. */
  boolean tried() {
    boolean before = tried;
    tried = true;
    return before;
  }

  /** Both halves, the first not larger than the second. */
  List<EmbedPart> halves() {
    int middle = (from + to) >>> 1;
    return List.of(new EmbedPart(batch, from, middle), new EmbedPart(batch, middle, to));
  }

  void deliver(List<Embedding> embeddings) {
    for (int i = 0; i < embeddings.size(); i++) {
      batch.answer(from + i, embeddings.get(i));
    }
  }

  /** Notes for {@link Truncation} what is known of the call that brought its vectors. */
  void answered(int tokens, int textTokens) {
    batch.answered(new EmbedBatch.AnsweredCall(from, to, tokens, textTokens));
  }

  void refuse(Embedding refusal) {
    for (int i = from; i < to; i++) {
      batch.answer(i, refusal);
    }
  }
}
