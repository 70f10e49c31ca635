package org.hippocamel.cases;

import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.CaseStatus;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.FilterFields;

/**
 * The values of making two cases one. Both rows stay; the one that is shown no more names the
 * other, whose log gets a copy of every entry. Nothing is taken out of any log.
 */
public final class Merging {
  private static final String MERGED_INTO = "case.merged_into";

  private static final int PORTION = 256;

  private final Clock clock;

  public Merging(Clock clock) {
    this.clock = clock;
  }

  /** Pipeline: both cases. */
  public List<Bson> bothPipeline(Merge merge) {
    return List.of(
        new Document(
            "$match",
            new Document("_id", new Document("$in", List.of(merge.from(), merge.into())))
                .append("kind", Kind.CASE.word())),
        new Document("$project", new Document(MERGED_INTO, 1)));
  }

  /**
   * The merge, into the case that the other is itself part of where it is.
   *
   * @throws Problem NOT_FOUND; CONFLICT when the first is part of a third case; INVALID when both
   *     are the same
   */
  public Merge checked(Merge merge, List<Document> rows) {
    Map<String, String> targets = new HashMap<>();
    for (Document row : rows) {
      targets.put(row.getString("_id"), row.get("case", Document.class).getString("merged_into"));
    }
    for (String key : List.of(merge.from(), merge.into())) {
      if (!targets.containsKey(key)) {
        throw new Problem(
            ProblemKind.NOT_FOUND,
            "no case with id " + new Named(merge.tenant(), MemoryId.id(key)).shown());
      }
    }
    String into = targets.get(merge.into()) == null ? merge.into() : targets.get(merge.into());
    if (into.equals(merge.from())) {
      throw Problem.invalid("/into", "a case cannot be merged into itself");
    }
    String before = targets.get(merge.from());
    if (before != null && !before.equals(into)) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "the case is part of \"" + MemoryId.id(before) + "\" already; merge that one");
    }
    return new Merge(merge.tenant(), merge.from(), into);
  }

  /** The changes of the rows: the first, and what was merged into it before. */
  public List<WriteModel<Document>> updates(Merge merge) {
    Document part =
        new Document(FilterFields.CASE_STATUS, CaseStatus.MERGED.word())
            .append(MERGED_INTO, merge.into());
    return List.of(
        new UpdateOneModel<>(
            new Document("_id", merge.from()).append("kind", Kind.CASE.word()),
            new Document("$set", part)),
        new UpdateManyModel<>(
            new Document(MERGED_INTO, merge.from()),
            new Document("$set", new Document(MERGED_INTO, merge.into()))));
  }

  /** Pipeline: the entries that are to be copied, without what they say. */
  public List<Bson> entriesPipeline(Merge merge) {
    return List.of(
        new Document("$match", new Document("case", merge.from())),
        new Document("$project", new Document("case", 1).append("copy_of", 1)));
  }

  /** Portions of the history that is copied, so that a long one is never read whole. */
  public List<Portion> portions(Merge merge, List<Document> entries) {
    Roots roots = new Roots(merge.tenant(), entries);
    List<String> ids = entries.stream().map(row -> row.getString("_id")).toList();
    List<Portion> portions = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += PORTION) {
      portions.add(
          new Portion(merge, ids.subList(from, Math.min(ids.size(), from + PORTION)), roots));
    }
    return portions;
  }

  /** Pipeline: a portion of it. */
  public List<Bson> historyPipeline(Portion portion) {
    return List.of(
        new Document("$match", new Document("_id", new Document("$in", portion.entries()))));
  }

  /** The copies as an unordered bulk; those that are there already stay as they are. */
  public List<WriteModel<Document>> copies(Portion portion, List<Document> history) {
    Merge merge = portion.merge();
    List<WriteModel<Document>> copies = new ArrayList<>();
    for (Document row : history) {
      LogEntry entry = LogEntry.from(row);
      String wrong = entry.supersedes() == null ? null : portion.roots().root(entry.supersedes());
      LogEntry copy = entry.copiedTo(merge.tenant(), merge.into(), wrong);
      copies.add(
          new UpdateOneModel<>(
              new Document("_id", copy.id()),
              new Document("$setOnInsert", copy.toDocument(merge.tenant(), clock.instant())),
              new UpdateOptions().upsert(true)));
    }
    return copies;
  }

  /** The case whose log has grown. */
  public CaseKeys grown(Merge merge) {
    return new CaseKeys(Set.of(merge.into()));
  }

  /** Pipeline: which of these cases are part of another one. */
  public List<Bson> mergedPipeline(CaseKeys cases) {
    return List.of(
        new Document(
            "$match",
            new Document("_id", new Document("$in", List.copyOf(cases.keys())))
                .append(MERGED_INTO, new Document("$exists", true))),
        new Document("$project", new Document("tenant", 1).append(MERGED_INTO, 1)));
  }

  /** Their merges, to be repeated: an outcome may have come in between. */
  public List<Merge> merges(List<Document> rows) {
    return rows.stream()
        .map(
            row ->
                new Merge(
                    row.getString("tenant"),
                    row.getString("_id"),
                    row.get("case", Document.class).getString("merged_into")))
        .toList();
  }
}
