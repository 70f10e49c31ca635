package org.hippocamel.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The tickets of one TEI call: filled under the aggregator's lock, then answered text by text, by
 * one thread after another, and settled once.
 */
public final class EmbedBatch {
  private final Embedder embedder;
  private final Lane lane;
  private final List<Ticket> tickets = new ArrayList<>();
  private Size size = Size.NONE;
  private List<String> texts = List.of();
  private Embedding[] answers = {};
  private final List<AnsweredCall> calls = new ArrayList<>();
  private BatchTraces.Ending trace = tokens -> {};

  /**
   * One TEI call that brought vectors.
   *
   * @param from place of its first text
   * @param to place after its last
   * @param tokens what TEI counted for all of them, special tokens included and what it cut off
   *     left out; 0 when it did not say
   * @param textTokens tokens that the server reads of a text, special ones left out; without limit
   *     when it refuses longer ones instead of cutting them
   */
  record AnsweredCall(int from, int to, int tokens, int textTokens) {}

  EmbedBatch(Ticket first) {
    this.embedder = first.embedder();
    this.lane = first.lane();
    add(first);
  }

  void add(Ticket ticket) {
    tickets.add(ticket);
    size = size.plus(ticket.size());
  }

  /** Whether the ticket still fits under the limits of one call. */
  boolean takes(Ticket ticket) {
    return embedder.limits().get().hold(size.plus(ticket.size()));
  }

  /** Who is asked for all of them. */
  public Embedder embedder() {
    return embedder;
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

  /** Everything that somebody still waits for: callers who gave up meanwhile cost no work. */
  EmbedPart whole() {
    tickets.removeIf(ticket -> !ticket.awaited());
    texts = tickets.stream().flatMap(ticket -> ticket.texts().stream()).toList();
    answers = new Embedding[texts.size()];
    return new EmbedPart(this, 0, texts.size());
  }

  /** Its span begins; nobody hears of a batch that nobody waits for. */
  void traced(BatchTraces traces) {
    if (!texts.isEmpty()) {
      List<Object> callers =
          tickets.stream().map(Ticket::caller).filter(Objects::nonNull).distinct().toList();
      trace = traces.left(lane, texts.size(), callers);
    }
  }

  /** Whether somebody still waits for any of it. */
  boolean awaited() {
    return tickets.stream().anyMatch(Ticket::awaited);
  }

  void answer(int text, Embedding embedding) {
    answers[text] = embedding;
  }

  void answered(AnsweredCall call) {
    calls.add(call);
  }

  /** The calls that brought vectors so far; of a batch that was halved, those of its parts. */
  List<AnsweredCall> calls() {
    return calls;
  }

  /** Notes what was found out of the end of a text that has a vector. */
  void cut(int text, Embedding.Cut cut) {
    answers[text] = answers[text].with(cut);
  }

  /** The answers so far, null where there is none; empty before the call. */
  List<Embedding> answers() {
    return Arrays.asList(answers);
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
    trace.settled(
        Arrays.stream(answers).filter(Objects::nonNull).mapToLong(Embedding::tokens).sum());
  }
}
