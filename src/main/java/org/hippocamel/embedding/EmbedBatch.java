package org.hippocamel.embedding;

import java.util.ArrayList;
import java.util.List;

/**
 * The tickets of one TEI call while it is being filled. Changed only under the aggregator's lock,
 * read only after the batch has left it.
 */
public final class EmbedBatch {
  private final Lane lane;
  private final List<Ticket> tickets = new ArrayList<>();
  private int texts;
  private int chars;

  EmbedBatch(Ticket first) {
    this.lane = first.lane();
    add(first);
  }

  void add(Ticket ticket) {
    tickets.add(ticket);
    texts += ticket.texts().size();
    chars += ticket.chars();
  }

  /** Whether the ticket still fits under the limits of one call. */
  boolean takes(Ticket ticket, EmbedLimits limits) {
    return texts + ticket.texts().size() <= limits.texts()
        && chars + ticket.chars() <= limits.chars();
  }

  public Lane lane() {
    return lane;
  }

  public List<Ticket> tickets() {
    return tickets;
  }

  /** The texts of all tickets, ticket after ticket. */
  public List<String> texts() {
    return tickets.stream().flatMap(ticket -> ticket.texts().stream()).toList();
  }
}
