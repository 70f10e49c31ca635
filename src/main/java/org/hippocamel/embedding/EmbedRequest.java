package org.hippocamel.embedding;

import java.util.List;

/**
 * Texts that want vectors.
 *
 * @param texts none of them empty; may be none
 * @param lane how urgent they are
 * @param measured whether each is known to be no longer than the model reads, as passages are that
 *     were cut by its tokenizer; of others it is found out whether TEI truncated them
 */
public record EmbedRequest(List<String> texts, Lane lane, boolean measured) {
  public EmbedRequest {
    texts = List.copyOf(texts);
  }

  /** Texts of any length. */
  public EmbedRequest(List<String> texts, Lane lane) {
    this(texts, lane, false);
  }
}
