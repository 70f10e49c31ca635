package org.hippocamel.batching;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The tickets of one call: filled under the aggregator's lock, then answered by the thread that
 * makes the call.
 */
public final class Batch<Q, A> {
  private final List<Ticket<Q, A>> tickets = new ArrayList<>();
  private int items;
  private long bytes;

  Batch(Ticket<Q, A> first) {
    add(first);
  }

  void add(Ticket<Q, A> ticket) {
    tickets.add(ticket);
    items += ticket.items();
    bytes += ticket.bytes();
  }

  boolean takes(Ticket<Q, A> ticket, Bounds bounds) {
    return items + ticket.items() <= bounds.items() && bytes + ticket.bytes() <= bounds.bytes();
  }

  /** What the callers ask, in the order they came. */
  public List<Q> questions() {
    return tickets.stream().map(Ticket::question).toList();
  }

  /**
   * Gives each caller its answer.
   *
   * @param answers in the order of {@link #questions}
   */
  public void answer(List<A> answers) {
    if (answers.size() != tickets.size()) {
      throw new IllegalArgumentException(answers.size() + " answers for " + tickets.size());
    }
    Iterator<A> next = answers.iterator();
    tickets.forEach(ticket -> ticket.answer().complete(next.next()));
  }

  /** Tells every caller who has no answer yet why there is none. */
  public void refuse(Throwable reason) {
    tickets.forEach(ticket -> ticket.answer().completeExceptionally(reason));
  }
}
