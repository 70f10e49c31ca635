package org.hippocamel.embedding;

import java.util.List;

/**
 * Texts of a batch that have vectors and that TEI may have cut.
 *
 * @param batch whose texts they are
 * @param places where they are
 */
public record Doubts(EmbedBatch batch, List<Place> places) {
  public Doubts {
    places = List.copyOf(places);
  }

  /**
   * One text in doubt.
   *
   * @param text its place in the batch
   * @param textTokens tokens that the server reads of it, special ones left out
   */
  record Place(int text, int textTokens) {}

  /** Whose tokenizer counts them. */
  public Embedder embedder() {
    return batch.embedder();
  }

  public List<String> texts() {
    return places.stream().map(place -> batch.texts().get(place.text())).toList();
  }
}
