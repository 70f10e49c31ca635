package org.hippocamel.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
  private final List<AnsweredCall> calls = new ArrayList<>();
  private int chars;
  private Embedding[] answers;

  /**
   * One TEI call that brought vectors.
   *
   * @param part whose texts it was made for
   * @param tokens what TEI counted for all of them, special tokens included and what it cut off
   *     left out; 0 when it did not say
   */
  record AnsweredCall(EmbedPart part, int tokens) {}

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

  /** Places of the texts that nobody has measured. */
  BitSet unmeasured() {
    BitSet places = new BitSet();
    int from = 0;
    for (Ticket ticket : tickets) {
      int to = from + ticket.texts().size();
      places.set(from, to, !ticket.measured());
      from = to;
    }
    return places;
  }

  EmbedPart whole() {
    answers = new Embedding[texts.size()];
    return new EmbedPart(this, 0, texts.size());
  }

  void answer(int text, Embedding embedding) {
    answers[text] = embedding;
  }

  void answered(EmbedPart part, int tokens) {
    calls.add(new AnsweredCall(part, tokens));
  }

  /** The calls that brought vectors so far; of a batch that was halved, those of its parts. */
  List<AnsweredCall> calls() {
    return calls;
  }

  /** Notes that a text which has a vector was cut. */
  void cut(int text) {
    answers[text] = answers[text].cut();
  }

  /** The answers so far, null where there is none; empty before the first call. */
  List<Embedding> answers() {
    return answers == null ? List.of() : Arrays.asList(answers);
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
