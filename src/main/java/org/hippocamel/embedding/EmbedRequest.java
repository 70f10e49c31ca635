package org.hippocamel.embedding;

import java.util.List;

/**
 * Texts that want vectors.
 *
 * @param texts none of them empty; may be none
 * @param lane how urgent they are
 */
public record EmbedRequest(List<String> texts, Lane lane) {
  public EmbedRequest {
    texts = List.copyOf(texts);
  }
}
