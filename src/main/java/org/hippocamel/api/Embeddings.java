package org.hippocamel.api;

import java.util.List;

/**
 * An OpenAI embeddings request, checked.
 *
 * @param texts 1 to {@code limits.max-items} texts
 * @param base64 whether vectors go out as base64 of little-endian float32 instead of numbers
 * @param dimensions the length that the caller wants, or null for the model's
 */
public record Embeddings(List<String> texts, boolean base64, Integer dimensions) {
  public Embeddings {
    texts = List.copyOf(texts);
  }
}
