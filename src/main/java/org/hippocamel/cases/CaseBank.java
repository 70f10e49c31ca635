package org.hippocamel.cases;

import java.util.List;
import java.util.Objects;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.CaseSettings;
import org.hippocamel.config.VectorSettings;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.memory.CaseStatus;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.memory.Remembered;
import org.hippocamel.memory.Solved;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;
import org.hippocamel.recall.Scope;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/** The values of storing one case, step by step as {@code routes/cases.camel.yaml} takes them. */
public final class CaseBank {
  private static final int LEAST_CANDIDATES = 200;

  private final ActiveSpace space;
  private final CaseSettings settings;
  private final VectorSettings vectors;

  public CaseBank(ActiveSpace space, CaseSettings settings, VectorSettings vectors) {
    this.space = space;
    this.settings = settings;
    this.vectors = vectors;
  }

  /** Pipeline: what is stored under its id; also what is no case any more has its outcomes yet. */
  public List<Bson> ownPipeline(NewCase made) {
    return List.of(
        new Document("$match", new Document("_id", made.key())),
        new Document(
            "$project",
            new Document("text", 1)
                .append("created_at", 1)
                .append("case.solution", 1)
                .append("case.steps", 1)
                .append("case.stats.rows", 1)
                .append("case.merged_into", 1)));
  }

  /**
   * What that is.
   *
   * @throws Problem CONFLICT when outcomes that others earned would be shown with another solution,
   *     and the sender may not say what worked
   */
  public OwnRow own(NewCase made, List<Document> rows) {
    if (!rows.isEmpty() && !made.trusted() && earned(rows.get(0)) && changes(made, rows.get(0))) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "the case has outcomes, so to change its problem, solution or steps needs the role "
              + settings.guard().positiveRole()
              + " (cases.positive-role); store it under another id");
    }
    return OwnRow.of(rows);
  }

  private static boolean earned(Document row) {
    return Judging.evidence(row).rows() > 0;
  }

  private static boolean changes(NewCase made, Document row) {
    Solved there = Solved.from(row.get("case", Document.class));
    Solved solved = made.draft().solved();
    return !made.draft().text().equals(row.getString("text"))
        || !solved.solution().equals(there.solution())
        || !solved.steps().equals(there.steps());
  }

  /** The space that problems are compared in. */
  public Space space() {
    return space.get();
  }

  /** The problem as it will be stored: two problems are compared, and neither is a question. */
  public EmbedRequest problem(NewCase made, Space in) {
    return new EmbedRequest(List.of(in.asStored(made.draft().text())), Lane.QUERY).in(in.id());
  }

  /** Pipeline: cases of nearly the same problem, one more than may be. */
  public List<Bson> nearPipeline(NewCase made, List<Embedding> problem, Space in) {
    int limit = settings.guard().clusterCap() + 1;
    Filter shown = new Filter.Ne(FilterFields.CASE_STATUS, CaseStatus.MERGED.word());
    Scope scope = new Scope(made.tenant(), java.util.Set.of(Kind.CASE), null, null, shown);
    Document nearest =
        new Document("index", in.index())
            .append("path", in.path())
            .append("queryVector", BinaryVector.floatVector(problem.get(0).orThrow()))
            .append("limit", limit)
            .append("filter", scope.vectorFilter());
    if (vectors.encoding().approximate()) {
      nearest.append("exact", true); // an approximate score must not decide what is a duplicate
    } else {
      nearest.append("numCandidates", Math.max(LEAST_CANDIDATES, limit));
    }
    return List.of(
        new Document("$vectorSearch", nearest),
        new Document(
            "$project",
            new Document("case.solution", 1)
                .append("case.task_type", 1)
                .append("created_at", 1)
                .append("score", new Document("$meta", "vectorSearchScore"))));
  }

  /**
   * What is near.
   *
   * @throws Problem CONFLICT when the problem has as many cases as it may have
   */
  public Neighbours neighbours(NewCase made, OwnRow own, List<Document> nearest) {
    int count = 0;
    String twin = null;
    for (Document row : nearest) {
      double cosine = 2 * row.get("score", Number.class).doubleValue() - 1;
      boolean near = cosine >= settings.search().nearDuplicate();
      if (!near || row.getString("_id").equals(made.key())) {
        continue;
      }
      count++;
      if (twin == null && sameSolution(made, row) && own.follows(made.key(), row)) {
        twin = row.getString("_id");
      }
    }
    int cap = settings.guard().clusterCap();
    if (!own.known() && twin == null && count >= cap) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "there are "
              + count
              + " cases of nearly this problem, the limit is "
              + cap
              + " (cases.cluster-cap); add an outcome to one of them, or forget one");
    }
    return new Neighbours(count, twin);
  }

  private static boolean sameSolution(NewCase made, Document row) {
    Document other = row.get("case", Document.class);
    return other != null
        && words(made.draft().solved().solution()).equals(words(other.getString("solution")))
        && Objects.equals(made.draft().solved().taskType(), other.getString("task_type"));
  }

  private static String words(String solution) {
    return solution == null ? "" : solution.strip().replaceAll("\\s+", " ");
  }

  /** The row. */
  public RememberRequest row(NewCase made) {
    return new RememberRequest(made.tenant(), Lane.QUERY, List.of(made.draft()));
  }

  /**
   * What the write did.
   *
   * @throws Problem why the row was refused
   */
  public Remembered.Item item(Remembered done) {
    Remembered.Item item = done.items().get(0);
    if (item.refusal() != null) {
      throw item.refusal();
    }
    return item;
  }

  /** What came of the case so far. */
  public NewOutcomes outcomes(NewCase made) {
    return new NewOutcomes(made.tenant(), made.outcomes(), Leniency.NONE);
  }

  /**
   * Whether there is another case that this one is to be part of; also of one that was there
   * before, as whoever stored it may have died before this.
   */
  public boolean merges(Neighbours near) {
    return near.twin() != null;
  }

  /** The two. */
  public Merge merge(NewCase made, Neighbours near) {
    return new Merge(made.tenant(), made.key(), near.twin());
  }

  /** Whether something came of it. */
  public boolean any(NewCase made) {
    return !made.outcomes().isEmpty();
  }

  /** Pipeline: the row as it is now. */
  public List<Bson> rowPipeline(NewCase made) {
    return List.of(
        new Document("$match", new Document("_id", made.key())),
        new Document(
            "$project",
            new Document("case.status", 1).append("case.stats", 1).append("case.merged_into", 1)));
  }

  /** What became of the case. */
  public StoredCase stored(NewCase made, Remembered.Item item, List<Document> rows) {
    Document solved = rows.isEmpty() ? new Document() : rows.get(0).get("case", new Document());
    return new StoredCase(
        item,
        CaseStatus.of(solved.get("status", CaseStatus.PENDING.word())),
        Evidence.from(solved.get("stats", Document.class)),
        solved.getString("merged_into"),
        made.scrubbed());
  }
}
