package org.hippocamel.embedding;

import java.util.List;

/**
 * Texts of a batch that have vectors and that TEI may have cut.
 *
 * @param batch whose texts they are
 * @param places their places in it
 */
public record Doubts(EmbedBatch batch, List<Integer> places) {
  public Doubts {
    places = List.copyOf(places);
  }

  public List<String> texts() {
    return places.stream().map(batch.texts()::get).toList();
  }
}
