package org.hippocamel.embedding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The two ends of a caller's wait: its texts are cut into tickets, and when all tickets are
 * answered it gets its vectors. Thread-safe.
 */
public final class EmbedGate {
  private final CurrentLimits limits;
  private final Duration deadline;
  private final Executor answers;

  /**
   * @param answers where callers go on with their vectors: not in the thread that made the TEI
   *     call, for they go on to the store and would keep the lane waiting
   */
  public EmbedGate(CurrentLimits limits, Duration deadline, Executor answers) {
    this.limits = limits;
    this.deadline = deadline;
    this.answers = answers;
  }

  /**
   * Cuts a request so that each ticket fits into one call; a single long text is a ticket alone.
   */
  public Asked ask(EmbedRequest request) {
    EmbedLimits now = limits.get();
    List<Ticket> tickets = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int chars = 0;
    for (String text : request.texts()) {
      boolean over = texts.size() == now.texts() || chars + text.length() > now.chars();
      if (over && !texts.isEmpty()) {
        tickets.add(new Ticket(texts, request.lane(), request.measured()));
        texts.clear();
        chars = 0;
      }
      texts.add(text);
      chars += text.length();
    }
    if (!texts.isEmpty()) {
      tickets.add(new Ticket(texts, request.lane(), request.measured()));
    }
    return new Asked(tickets);
  }

  /**
   * The embeddings of all texts in the order they were asked.
   *
   * @return completes with a {@link Problem} TIMEOUT when the deadline has passed
   */
  public CompletableFuture<List<Embedding>> answer(Asked asked) {
    List<CompletableFuture<List<Embedding>>> parts =
        asked.tickets().stream().map(Ticket::embeddings).toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync((nothing, late) -> joined(parts, late), answers);
  }

  private List<Embedding> joined(List<CompletableFuture<List<Embedding>>> parts, Throwable late) {
    if (late != null) {
      throw new Problem(
          ProblemKind.TIMEOUT,
          "no vector within " + deadline.toMillis() + " ms (embed.deadline-millis)");
    }
    return parts.stream().flatMap(part -> part.join().stream()).toList();
  }
}
