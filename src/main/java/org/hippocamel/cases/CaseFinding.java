package org.hippocamel.cases;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The values of looking up one case with its history. */
public final class CaseFinding {
  private static final int MOST_OUTCOMES = 200;
  private static final int MOST_SEARCHES = 20;

  private final Deriving deriving;
  private final ShownLog shown;

  public CaseFinding(Deriving deriving, ShownLog shown) {
    this.deriving = deriving;
    this.shown = shown;
  }

  /** Pipeline: the row without its vectors. */
  public List<Bson> rowPipeline(Named named) {
    return List.of(
        new Document("$match", new Document("_id", named.key()).append("kind", Kind.CASE.word())),
        new Document("$unset", List.of("vectors")));
  }

  /**
   * @throws Problem NOT_FOUND
   */
  public Document row(List<Document> rows, Named named) {
    if (rows.isEmpty()) {
      throw new Problem(ProblemKind.NOT_FOUND, "no case with id " + named.shown());
    }
    return rows.get(0);
  }

  /** Pipeline: its log. */
  public List<Bson> logPipeline(Named named) {
    return List.of(
        new Document("$match", new Document("case", named.key())),
        new Document("$unset", List.of("place", "tenant")));
  }

  /** Pipeline: the latest searches in which it was shown. */
  public List<Bson> shownPipeline(Named named) {
    return shown.casePipeline(named.key(), MOST_SEARCHES);
  }

  /** The case as its log has it now, also where the row is behind. */
  public FoundCase found(Document row, List<Document> log, List<Document> searches) {
    List<LogEntry> entries = log.stream().map(LogEntry::from).toList();
    List<LogEntry> latest =
        entries.stream()
            .sorted(
                java.util.Comparator.comparing(LogEntry::at).thenComparing(LogEntry::id).reversed())
            .limit(MOST_OUTCOMES)
            .toList();
    return new FoundCase(
        row,
        deriving.state(row.getString("_id"), entries),
        latest,
        searches.stream().map(Shown::from).toList());
  }
}
