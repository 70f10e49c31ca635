package org.hippocamel.embedding;

import java.util.List;

/**
 * Texts that want vectors.
 *
 * @param texts none of them empty; may be none
 * @param lane how urgent they are
 * @param measured whether each is known to be no longer than the model reads, as passages are that
 *     were cut by its tokenizer; of others it is found out whether TEI truncated them
 * @param anew whether the embedder is asked even for what the cache knows
 */
public record EmbedRequest(List<String> texts, Lane lane, boolean measured, boolean anew) {
  public EmbedRequest {
    texts = List.copyOf(texts);
  }

  /** Texts of any length. */
  public EmbedRequest(List<String> texts, Lane lane) {
    this(texts, lane, false);
  }

  /** Texts of which the caller knows whether the model reads all of them. */
  public EmbedRequest(List<String> texts, Lane lane, boolean measured) {
    this(texts, lane, measured, false);
  }

  /** The same, to see how long the embedder takes. */
  public EmbedRequest again() {
    return new EmbedRequest(texts, lane, measured, true);
  }
}
