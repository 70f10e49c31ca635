package org.hippocamel.embedding;

import java.util.List;

/**
 * Texts that want vectors.
 *
 * @param texts none of them blank; may be empty
 * @param lane how urgent they are
 */
public record EmbedRequest(List<String> texts, Lane lane) {
  public EmbedRequest {
    texts = List.copyOf(texts);
  }
}
