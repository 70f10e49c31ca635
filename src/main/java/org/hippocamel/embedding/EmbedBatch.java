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
  private final List<String> texts = new ArrayList<>();
  private int chars;
  private Embedding[] answers;

  EmbedBatch(Ticket first) {
    this.lane = first.lane();
    add(first);
  }

  void add(Ticket ticket) {
    tickets.add(ticket);
    texts.addAll(ticket.texts());
    chars += ticket.chars();
  }

  /** Whether the ticket still fits under the limits of one call. */
  boolean takes(Ticket ticket, EmbedLimits limits) {
    return texts.size() + ticket.texts().size() <= limits.texts()
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
    return texts;
  }

  EmbedPart whole() {
    answers = new Embedding[texts.size()];
    return new EmbedPart(this, 0, texts.size());
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
          answers == null
              ? ticket.texts().stream().map(text -> Embedding.refused(none)).toList()
              : Arrays.stream(answers, from, to)
                  .map(answer -> answer == null ? Embedding.refused(none) : answer)
                  .toList();
      ticket.embeddings().complete(own);
      from = to;
    }
  }
}
