package org.hippocamel.api;

import java.util.List;

/**
 * An OpenAI embeddings request, checked.
 *
 * @param texts 1 to {@code limits.max-inputs} texts, none of them empty
 * @param base64 whether vectors go out as base64 of little-endian float32 instead of numbers
 * @param dimensions length of the vectors that go out: the model's, or a shorter one that was asked
 *     for
 * @param space id of the space whose model is asked
 */
public record Embeddings(List<String> texts, boolean base64, int dimensions, String space) {
  public Embeddings {
    texts = List.copyOf(texts);
  }
}
