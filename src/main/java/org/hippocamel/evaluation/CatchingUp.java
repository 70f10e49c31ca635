package org.hippocamel.evaluation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.Scope;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.SearchIndexDefinitions;
import org.hippocamel.spaces.Space;

/**
 * Waits until both search indexes hold a set's documents: Atlas follows writes in its own time, and
 * what it does not have yet would count as not found.
 */
public final class CatchingUp {
  private static final long PAUSE_MILLIS = 250;

  /** More than any limit of {@code $vectorSearch} allows is not counted. */
  private static final int MOST = 10_000;

  private final ActiveSpace space;
  private final Duration patience;
  private final Clock clock;

  public CatchingUp(ActiveSpace space, Duration patience, Clock clock) {
    this.space = space;
    this.patience = patience;
    this.clock = clock;
  }

  /** A wait that begins now. */
  public Wait begin(Assessment assessment) {
    int documents = Math.min(MOST, assessment.documents().size());
    return new Wait(Scope.of(assessment.tenant()), documents, clock.instant().plus(patience));
  }

  /** A set on its way into the indexes. For one thread. */
  public static final class Wait {
    private final Scope scope;
    private final int documents;
    private final Instant end;
    private int byVector;
    private int byWords;

    private Wait(Scope scope, int documents, Instant end) {
      this.scope = scope;
      this.documents = documents;
      this.end = end;
    }

    private boolean over() {
      return byVector >= documents && byWords >= documents;
    }
  }

  /** Pipeline: how many documents the vector index has. */
  public List<Bson> vectorPipeline(Wait wait) {
    Space active = space.get();
    float[] any = new float[active.dimensions()];
    any[0] = 1;
    Document stage =
        new Document("index", active.index())
            .append("path", active.path())
            .append("queryVector", BinaryVector.floatVector(any))
            .append("exact", true)
            .append("limit", wait.documents)
            .append("filter", wait.scope.vectorFilter());
    return List.of(new Document("$vectorSearch", stage), new Document("$count", "documents"));
  }

  /** Pipeline: how many documents the lexical index has. */
  public List<Bson> wordPipeline(Wait wait) {
    Document compound = new Document("filter", wait.scope.searchFilters());
    Document stage =
        new Document("index", SearchIndexDefinitions.LEXICAL).append("compound", compound);
    return List.of(
        new Document("$search", stage),
        new Document("$limit", wait.documents),
        new Document("$count", "documents"));
  }

  /** Notes what the vector index has. */
  public void byVector(Wait wait, List<Document> rows) {
    wait.byVector = count(rows);
  }

  /** Notes what the lexical index has. */
  public void byWords(Wait wait, List<Document> rows) {
    wait.byWords = count(rows);
  }

  private static int count(List<Document> rows) {
    return rows.isEmpty() ? 0 : rows.get(0).getInteger("documents");
  }

  /**
   * Whether to look again.
   *
   * @throws Problem UNAVAILABLE when that has been too long
   */
  public boolean waits(Wait wait) {
    if (!wait.over() && clock.instant().isAfter(wait.end)) {
      throw new Problem(
          ProblemKind.UNAVAILABLE,
          "the search indexes hold "
              + Math.min(wait.byVector, wait.byWords)
              + " of "
              + wait.documents
              + " documents after "
              + patience.toMillis()
              + " ms (mongo.index-wait-millis)");
    }
    return !wait.over();
  }

  /** Milliseconds until the next look. */
  public long pause(Wait wait) {
    return wait.over() ? 0 : PAUSE_MILLIS;
  }
}
