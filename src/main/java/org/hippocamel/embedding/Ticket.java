package org.hippocamel.embedding;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One caller's texts on their way through a TEI call, and the promise of their vectors ({@code
 * float[dimension]} each, in the order of the texts).
 */
public record Ticket(List<String> texts, Lane lane, CompletableFuture<List<float[]>> vectors) {
  Ticket(List<String> texts, Lane lane) {
    this(List.copyOf(texts), lane, new CompletableFuture<>());
  }

  /** Characters of all texts. */
  public int chars() {
    return texts.stream().mapToInt(String::length).sum();
  }
}
