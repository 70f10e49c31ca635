package org.hippocamel.batching;

import java.util.concurrent.CompletableFuture;

/**
 * One caller's part of a call that several share, and the promise of its answer. The promise is
 * always kept; what failed is in it.
 *
 * @param question what the caller asks
 * @param items how many of the things that {@link Bounds} counts
 * @param bytes how much of a call it takes
 */
public record Ticket<Q, A>(Q question, int items, long bytes, CompletableFuture<A> answer) {
  Ticket(Q question, int items, long bytes) {
    this(question, items, bytes, new CompletableFuture<>());
  }
}
