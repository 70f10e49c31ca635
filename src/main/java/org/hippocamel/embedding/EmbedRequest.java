package org.hippocamel.embedding;

import java.time.Duration;
import java.util.List;

/**
 * Texts that want vectors.
 *
 * @param texts none of them empty; may be none
 * @param lane how urgent they are
 * @param measured whether each is known to be no longer than the model reads, as passages are that
 *     were cut by its tokenizer; of others it is found out whether TEI truncated them
 * @param patience of a caller who can do without; null for one who waits until the lane's deadline
 * @param space id of the space that their vectors are wanted in, or the name of an embedder whose
 *     space is not known yet; null for the space that is active when they are asked for
 * @param anew whether the embedder is asked even for what the cache knows
 */
public record EmbedRequest(
    List<String> texts,
    Lane lane,
    boolean measured,
    Patience patience,
    String space,
    boolean anew) {
  public EmbedRequest {
    texts = List.copyOf(texts);
  }

  /** Texts of a caller who needs their vectors. */
  public EmbedRequest(List<String> texts, Lane lane, boolean measured) {
    this(texts, lane, measured, null, null, false);
  }

  /** Texts of any length. */
  public EmbedRequest(List<String> texts, Lane lane) {
    this(texts, lane, false);
  }

  /** The same for a caller who waits no longer than this. */
  public EmbedRequest within(Duration wait, String key) {
    return new EmbedRequest(texts, lane, measured, new Patience(wait, key), space, anew);
  }

  /** The same, to see how long the embedder takes, however long. */
  public EmbedRequest again() {
    return new EmbedRequest(texts, lane, measured, null, space, true);
  }

  /** The same, for vectors of this space. */
  public EmbedRequest in(String other) {
    return new EmbedRequest(texts, lane, measured, patience, other, anew);
  }
}
