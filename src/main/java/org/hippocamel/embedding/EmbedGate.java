package org.hippocamel.embedding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hippocamel.config.Settings;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The two ends of a caller's wait: what the cache does not know is cut into tickets, and when all
 * tickets are answered the caller gets its vectors. Thread-safe.
 */
public final class EmbedGate {
  private final Embedders embedders;
  private final VectorCache cache;
  private final Settings.Embed settings;
  private final Executor answers;
  private final Waiting waiting;
  private volatile BatchTraces traces = BatchTraces.NONE;

  /**
   * @param answers where callers go on with their vectors: not in the thread that made the TEI
   *     call, for they go on to the store and would keep the lane waiting
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public EmbedGate(
      Embedders embedders,
      VectorCache cache,
      Settings.Embed settings,
      Executor answers,
      LongSupplier nanoTime) {
    this.embedders = embedders;
    this.cache = cache;
    this.settings = settings;
    this.answers = answers;
    this.waiting = new Waiting(nanoTime);
  }

  /** From now on tickets carry their callers' traces. */
  public void tell(BatchTraces following) {
    traces = following;
  }

  /** Who waits now. */
  public Waiting waiting() {
    return waiting;
  }

  /**
   * Cuts what is not known yet so that each ticket fits into one call; a single long text is a
   * ticket alone. A text that stands in a request twice is asked for once.
   *
   * @throws Problem OVERLOADED when too many texts of callers wait already
   */
  public Asked ask(EmbedRequest request) {
    Embedder embedder = embedders.of(request.space()).orElse(null);
    if (embedder == null) {
      return new Asked(
          request,
          null,
          "",
          Map.of(),
          List.copyOf(new LinkedHashSet<>(request.texts())),
          List.of());
    }
    embedder.lanes().asked(request.lane());
    String space = embedder.replicas().space();
    Map<String, Embedding> found = new HashMap<>();
    Set<String> missing = new LinkedHashSet<>();
    for (String text : request.texts()) {
      Embedding known = request.anew() ? null : cache.get(space, text);
      if (known != null) {
        found.put(text, known);
      } else {
        missing.add(text);
      }
    }
    List<String> texts = List.copyOf(missing);
    Asked asked =
        new Asked(request, embedder, space, found, texts, tickets(embedder, texts, request));
    admit(asked);
    return asked;
  }

  private List<Ticket> tickets(Embedder embedder, List<String> texts, EmbedRequest request) {
    EmbedLimits now = embedder.limits().get();
    Object caller = texts.isEmpty() ? null : traces.caller();
    List<Ticket> tickets = new ArrayList<>();
    List<String> held = new ArrayList<>();
    Size size = Size.NONE;
    for (String text : texts) {
      Size one = now.size(text);
      if (!held.isEmpty() && !now.hold(size.plus(one))) {
        tickets.add(new Ticket(embedder, held, size, request.lane(), request.measured(), caller));
        held.clear();
        size = Size.NONE;
      }
      held.add(text);
      size = size.plus(one);
    }
    if (!held.isEmpty()) {
      tickets.add(new Ticket(embedder, held, size, request.lane(), request.measured(), caller));
    }
    return tickets;
  }

  /** Bulk work is bounded where it is read; only callers can come without end. */
  private void admit(Asked asked) {
    boolean bounded = asked.lane() == Lane.QUERY;
    int before = waiting.enter(asked, bounded ? settings.maxWaitingTexts() : Integer.MAX_VALUE);
    if (before >= 0) {
      throw new Problem(
          ProblemKind.OVERLOADED,
          before
              + " texts wait for the embedder already, the limit is "
              + settings.maxWaitingTexts()
              + " (embed.max-waiting-texts); try again in a second");
    }
  }

  /**
   * The embeddings of all texts in the order they were asked.
   *
   * @return completes with a {@link Problem} when the lane's deadline has passed: with the kind and
   *     the reason of what keeps the embedder from answering, TIMEOUT when nothing is known to. A
   *     caller with {@link Patience} gets that as the refusal of what is missing
   */
  public CompletableFuture<List<Embedding>> answer(Asked asked) {
    if (asked.embedder() == null) {
      return absent(asked);
    }
    CompletableFuture<?>[] parts =
        asked.tickets().stream().map(Ticket::embeddings).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(parts)
        .orTimeout(patience(asked).toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync((nothing, late) -> answered(asked, late), answers);
  }

  private CompletableFuture<List<Embedding>> absent(Asked asked) {
    Problem absent = Embedders.absent(embedders.wanted(asked.request().space()));
    return asked.patience() == null
        ? CompletableFuture.failedFuture(absent)
        : CompletableFuture.completedFuture(asked.inOrder(asked.refused(absent)));
  }

  /** A ticket stands in its embedder's lane: the batch leaves at once while a call is free. */
  public void arrived(Ticket ticket) {
    ticket.embedder().flow(ticket.lane()).arrived();
  }

  private Duration patience(Asked asked) {
    if (asked.patience() == null) {
      return deadline(asked.lane());
    }
    return asked.embedder().trouble().isPresent() ? Duration.ZERO : asked.patience().time();
  }

  private Duration deadline(Lane lane) {
    return lane == Lane.QUERY ? settings.queryDeadline() : settings.ingestDeadline();
  }

  private List<Embedding> answered(Asked asked, Throwable late) {
    waiting.leave(asked);
    if (late != null) {
      asked.giveUp();
      Problem problem = tooLate(asked);
      if (asked.patience() == null) {
        throw problem;
      }
      return asked.inOrder(asked.refused(problem));
    }
    Map<String, Embedding> answers = asked.answers();
    // What bulk work asks for is stored by it and hardly asked for again.
    if (asked.lane() == Lane.QUERY) {
      answers.forEach((text, embedding) -> keep(asked.space(), text, embedding));
    }
    return asked.inOrder(answers);
  }

  private void keep(String space, String text, Embedding embedding) {
    if (embedding.refusal() == null && embedding.cut() != Embedding.Cut.UNKNOWN) {
      cache.put(space, text, embedding);
    }
  }

  private Problem tooLate(Asked asked) {
    Patience patience = asked.patience();
    Replicas replicas = asked.embedder().replicas();
    Optional<Problem> trouble = replicas.trouble();
    if (patience != null && trouble.isPresent()) {
      return trouble.get(); // nobody waited for it
    }
    String waited =
        patience == null
            ? waited(deadline(asked.lane()), "embed." + asked.lane().word() + "-deadline-millis")
            : waited(patience.time(), patience.key());
    return replicas
        .obstacle()
        .map(why -> new Problem(why.kind(), why.getMessage() + "; " + waited, why))
        .orElseGet(() -> new Problem(ProblemKind.TIMEOUT, waited));
  }

  private static String waited(Duration time, String key) {
    return "no vector within " + time.toMillis() + " ms (" + key + ")";
  }
}
