package org.hippocamel.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The tickets of one TEI call: filled under the aggregator's lock, then answered text by text, by
 * one thread after another, and settled once.
 */
public final class EmbedBatch {
  private final Lane lane;
  private final List<Ticket> tickets = new ArrayList<>();
  private Size size = Size.NONE;
  private List<String> texts = List.of();
  private Embedding[] answers = {};

  EmbedBatch(Ticket first) {
    this.lane = first.lane();
    add(first);
  }

  void add(Ticket ticket) {
    tickets.add(ticket);
    size = size.plus(ticket.size());
  }

  /** Whether the ticket still fits under the limits of one call. */
  boolean takes(Ticket ticket, EmbedLimits limits) {
    return limits.hold(size.plus(ticket.size()));
  }

  public Lane lane() {
    return lane;
  }

  public List<Ticket> tickets() {
    return tickets;
  }

  /** The texts of its call, ticket after ticket; none before there is one. */
  List<String> texts() {
    return texts;
  }

  /** Everything that somebody still waits for: callers who gave up meanwhile cost no work. */
  EmbedPart whole() {
    tickets.removeIf(ticket -> !ticket.awaited());
    texts = tickets.stream().flatMap(ticket -> ticket.texts().stream()).toList();
    answers = new Embedding[texts.size()];
    return new EmbedPart(this, 0, texts.size());
  }

  /** Whether somebody still waits for any of it. */
  boolean awaited() {
    return tickets.stream().anyMatch(Ticket::awaited);
  }

  void answer(int text, Embedding embedding) {
    answers[text] = embedding;
  }

  /** Hands every ticket its answers; a text that has none by now never will. */
  void settle() {
    Problem none = new Problem(ProblemKind.UNEXPECTED, "an embedding call ended without an answer");
    int from = 0;
    for (Ticket ticket : tickets) {
      int to = from + ticket.texts().size();
      List<Embedding> own =
          to > answers.length
              ? ticket.texts().stream().map(text -> Embedding.refused(none)).toList()
              : Arrays.stream(answers, from, to)
                  .map(answer -> answer == null ? Embedding.refused(none) : answer)
                  .toList();
      ticket.embeddings().complete(own);
      from = to;
    }
  }
}
