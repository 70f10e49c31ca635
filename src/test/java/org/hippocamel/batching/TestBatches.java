package org.hippocamel.batching;

import java.util.List;

/** Batches as the aggregator makes them, for tests of what becomes of them. */
public final class TestBatches {
  private TestBatches() {}

  @SafeVarargs
  public static <Q, A> Batch<Q, A> of(Ticket<Q, A>... tickets) {
    Batch<Q, A> batch = new Batch<>(tickets[0]);
    List.of(tickets).subList(1, tickets.length).forEach(batch::add);
    return batch;
  }
}
