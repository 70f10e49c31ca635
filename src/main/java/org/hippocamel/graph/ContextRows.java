package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/**
 * Fetches what recall did not bring: rows that the graph alone found, and vectors. Whatever was
 * found before, a row is shown only when it lies in the request's scope.
 */
public final class ContextRows {
  private static final List<String> SHOWN =
      List.of("kind", "agent_id", "session_id", "seq", "text", "metadata", "source", "occurred_at");

  private final ActiveSpace space;

  public ContextRows(ActiveSpace space) {
    this.space = space;
  }

  /** The request with the space that all of it is done in. */
  public ContextRequest pinned(ContextRequest request) {
    return request.in(space.named(request.question().space()).id());
  }

  /** Whether rows are missing: those of the graph, or the vectors to tell repetitions by. */
  public boolean incomplete(ContextRequest request, Ranked ranked) {
    return !missing(request, ranked).isEmpty();
  }

  private static List<String> missing(ContextRequest request, Ranked ranked) {
    return ranked.candidates().stream()
        .filter(candidate -> request.diverse() || candidate.row() == null)
        .map(Candidate::id)
        .toList();
  }

  /** Pipeline: rows of what the graph brought up, and vectors where repetitions are kept back. */
  public List<Bson> rowsPipeline(ContextRequest request, Ranked ranked) {
    Document which = new Document("_id", new Document("$in", missing(request, ranked)));
    Document shown = new Document();
    SHOWN.forEach(field -> shown.append(field, 1));
    if (request.diverse()) {
      shown.append(space.named(request.question().space()).path(), 1);
    }
    return List.of(
        new Document(
            "$match",
            new Document("$and", List.of(which, request.question().scope().vectorFilter()))),
        new Document("$project", shown));
  }

  /** The candidates with their rows; without those that went meanwhile. */
  public Ranked completed(ContextRequest request, Ranked ranked, List<Document> rows) {
    Space searched = space.named(request.question().space());
    Map<String, Document> found =
        rows.stream().collect(Collectors.toMap(row -> row.getString("_id"), row -> row));
    List<Candidate> complete = new ArrayList<>();
    for (Candidate candidate : ranked.candidates()) {
      Document row = found.get(candidate.id());
      if (row != null) {
        complete.add(
            candidate.withRow(
                candidate.row() == null ? row : candidate.row(), searched.vector(row)));
      } else if (candidate.row() != null) {
        complete.add(candidate);
      }
    }
    return ranked.with(complete);
  }
}
