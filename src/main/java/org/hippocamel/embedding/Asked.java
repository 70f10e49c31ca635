package org.hippocamel.embedding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hippocamel.problem.Problem;

/** A request under way: what was known at once, and the tickets for the rest. */
public final class Asked {
  private final EmbedRequest request;
  private final Embedder embedder;
  private final String space;
  private final Map<String, Embedding> found;
  private final List<String> missing;
  private final List<Ticket> tickets;

  /**
   * @param embedder who is asked; null where nobody serves the wanted space
   * @param space whose vectors these will be
   * @param found embeddings by text
   * @param missing the other texts, each once, in the order of the tickets
   */
  Asked(
      EmbedRequest request,
      Embedder embedder,
      String space,
      Map<String, Embedding> found,
      List<String> missing,
      List<Ticket> tickets) {
    this.request = request;
    this.embedder = embedder;
    this.space = space;
    this.found = found;
    this.missing = missing;
    this.tickets = tickets;
  }

  public List<Ticket> tickets() {
    return tickets;
  }

  /** Who is asked; null where nobody serves the wanted space. */
  Embedder embedder() {
    return embedder;
  }

  EmbedRequest request() {
    return request;
  }

  Lane lane() {
    return request.lane();
  }

  /** Of a caller who can do without; null otherwise. */
  Patience patience() {
    return request.patience();
  }

  String space() {
    return space;
  }

  int waiting() {
    return missing.size();
  }

  /** Distinct texts that were known at once. */
  int known() {
    return found.size();
  }

  /** Nobody waits for it any more. */
  void giveUp() {
    tickets.forEach(ticket -> ticket.embeddings().cancel(false));
  }

  /** What became of each missing text; all tickets are answered. */
  Map<String, Embedding> answers() {
    Map<String, Embedding> answers = new LinkedHashMap<>();
    int text = 0;
    for (Ticket ticket : tickets) {
      for (Embedding embedding : ticket.embeddings().join()) {
        answers.put(missing.get(text++), embedding);
      }
    }
    return answers;
  }

  /** The same refusal for each missing text. */
  Map<String, Embedding> refused(Problem reason) {
    Map<String, Embedding> refusals = new LinkedHashMap<>();
    missing.forEach(text -> refusals.put(text, Embedding.refused(reason)));
    return refusals;
  }

  /** One embedding for each text of the request, in its order. */
  List<Embedding> inOrder(Map<String, Embedding> answers) {
    List<Embedding> all = new ArrayList<>(request.texts().size());
    for (String text : request.texts()) {
      Embedding known = found.get(text);
      all.add(known != null ? known : answers.get(text));
    }
    return all;
  }
}
