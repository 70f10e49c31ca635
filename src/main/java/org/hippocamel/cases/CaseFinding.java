package org.hippocamel.cases;

import java.util.List;
import java.util.Set;
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

  private final Judging judging;
  private final ShownLog shown;

  public CaseFinding(Judging judging, ShownLog shown) {
    this.judging = judging;
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

  /** Pipeline: how long its log is. */
  public List<Bson> countPipeline(Named named) {
    return List.of(
        new Document("$match", new Document("case", named.key())), new Document("$count", "rows"));
  }

  /** Whether the row knows another number of entries than the log has. */
  public boolean behind(Document row, List<Document> count) {
    long rows = count.isEmpty() ? 0 : count.get(0).get("rows", Number.class).longValue();
    return Judging.evidence(row).rows() != rows;
  }

  /** The case, to be derived again. */
  public CaseKeys keys(Named named) {
    return new CaseKeys(Set.of(named.key()));
  }

  /** What it is by the row. */
  public List<CaseState> states(Document row) {
    Evidence evidence = Judging.evidence(row);
    return List.of(new CaseState(row.getString("_id"), evidence, judging.status(evidence), null));
  }

  /** Pipeline: the latest entries of its log. */
  public List<Bson> logPipeline(Named named) {
    return List.of(
        new Document("$match", new Document("case", named.key())),
        new Document("$sort", new Document("at", -1).append("_id", -1)),
        new Document("$limit", MOST_OUTCOMES),
        new Document("$unset", List.of("place", "tenant")));
  }

  /** Pipeline: the latest searches in which it was shown. */
  public List<Bson> shownPipeline(Named named) {
    return shown.casePipeline(named.key(), MOST_SEARCHES);
  }

  /** The case as its log has it now, also where the row was behind. */
  public FoundCase found(
      Document row, List<CaseState> states, List<Document> log, List<Document> searches) {
    return new FoundCase(
        row,
        states.get(0),
        log.stream().map(LogEntry::from).toList(),
        searches.stream().map(Shown::from).toList());
  }
}
