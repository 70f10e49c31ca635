package org.hippocamel.cases;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.problem.Quoted;

/**
 * The values of adding to the log, step by step as {@code routes/case-outcomes.camel.yaml} takes
 * them. An entry has a name that saying it again repeats, so that a caller who was not answered may
 * send the same once more.
 */
public final class CaseLog {
  private final Scrubber scrubber;
  private final Clock clock;
  private final Supplier<String> ids;

  /**
   * @param scrubber takes secrets out of notes
   * @param ids of entries that nothing names
   */
  public CaseLog(Scrubber scrubber, Clock clock, Supplier<String> ids) {
    this.scrubber = scrubber;
    this.clock = clock;
    this.ids = ids;
  }

  /** Pipeline: which of the cases are there, and what they were merged into. */
  public List<Bson> casesPipeline(NewOutcomes outcomes) {
    return List.of(
        new Document(
            "$match", new Document("_id", in(outcomes.cases())).append("kind", Kind.CASE.word())),
        new Document("$project", new Document("case.merged_into", 1)));
  }

  /**
   * The entries with their names, those of a merged case for the one that it is part of.
   *
   * @throws Problem NOT_FOUND unless the entries of missing cases are to be left out
   */
  public NewOutcomes named(NewOutcomes outcomes, List<Document> cases) {
    Map<String, String> targets = new HashMap<>();
    cases.forEach(row -> targets.put(row.getString("_id"), target(row)));
    List<LogEntry> entries = new ArrayList<>();
    for (LogEntry entry : outcomes.entries()) {
      String target = targets.get(entry.caseKey());
      if (target != null) {
        entries.add(named(outcomes.tenant(), redirected(outcomes.tenant(), entry, target)));
      } else if (!outcomes.lenient()) {
        throw missing(outcomes.tenant(), entry.caseKey());
      }
    }
    return outcomes.with(entries);
  }

  private static String target(Document row) {
    String merged = row.get("case", Document.class).getString("merged_into");
    return merged == null ? row.getString("_id") : merged;
  }

  /** What corrects an entry of a merged case corrects the copy that the other case has of it. */
  private static LogEntry redirected(String tenant, LogEntry entry, String target) {
    if (entry.caseKey().equals(target)) {
      return entry;
    }
    LogEntry other = entry.ofCase(target);
    return entry.supersedes() == null
        ? other
        : other.superseding(key(tenant, LogId.copy(entry.supersedes(), target)));
  }

  private LogEntry named(String tenant, LogEntry entry) {
    LogEntry now = entry.noted(scrubber.text(entry.note())).when(clock.instant());
    return now.id() != null ? now : now.named(key(tenant, name(now)));
  }

  private String name(LogEntry entry) {
    if (entry.supersedes() != null) {
      return LogId.correcting(entry.supersedes());
    }
    return entry.runId() == null
        ? ids.get()
        : LogId.of(entry.caseKey(), entry.part().word(), entry.runId(), entry.evaluator());
  }

  /** Pipeline: entries of these names, and those that are to be superseded. */
  public List<Bson> knownPipeline(NewOutcomes outcomes) {
    Set<String> wanted = new LinkedHashSet<>();
    for (LogEntry entry : outcomes.entries()) {
      wanted.add(entry.id());
      if (entry.supersedes() != null) {
        wanted.add(entry.supersedes());
      }
    }
    return List.of(
        new Document("$match", new Document("_id", in(wanted))),
        new Document("$unset", List.of("place")));
  }

  /**
   * Which entries are new.
   *
   * @throws Problem CONFLICT for a name under which something else was said, unless that is to be
   *     left as it is; INVALID for a correction of an entry that the case does not have
   */
  public Additions additions(NewOutcomes outcomes, List<Document> found) {
    Map<String, LogEntry> known = new HashMap<>();
    found.stream().map(LogEntry::from).forEach(entry -> known.put(entry.id(), entry));
    Map<String, LogEntry> all = new HashMap<>(known);
    outcomes.entries().forEach(entry -> all.putIfAbsent(entry.id(), entry));
    List<Appended.Item> items = new ArrayList<>();
    for (LogEntry entry : outcomes.entries()) {
      LogEntry there = known.putIfAbsent(entry.id(), entry);
      if (there == null) {
        correctable(entry, all.get(entry.supersedes()));
      } else if (!there.sameAs(entry) && !outcomes.lenient()) {
        throw contradicted(there);
      }
      items.add(new Appended.Item(there == null ? entry : there, there == null));
    }
    return new Additions(outcomes.tenant(), items);
  }

  private static void correctable(LogEntry entry, LogEntry superseded) {
    if (entry.supersedes() == null) {
      return;
    }
    if (superseded == null
        || !superseded.caseKey().equals(entry.caseKey())
        || superseded.part() != entry.part()) {
      throw Problem.invalid(
          "/supersedes",
          "supersedes names no "
              + entry.part().word()
              + " of this case: "
              + Quoted.of(MemoryId.id(entry.supersedes())));
    }
  }

  private static Problem contradicted(LogEntry there) {
    return new Problem(
        ProblemKind.CONFLICT,
        (there.supersedes() == null
                ? "this outcome was recorded before and said something else"
                : "that outcome was corrected before")
            + "; to correct it send supersedes: \""
            + there.publicId()
            + "\"");
  }

  /** The new entries as an unordered bulk; a name that is taken meanwhile is left as it is. */
  public List<WriteModel<Document>> inserts(Additions additions) {
    Instant now = clock.instant();
    return additions.added().stream()
        .<WriteModel<Document>>map(
            entry ->
                new UpdateOneModel<>(
                    new Document("_id", entry.id()),
                    new Document("$setOnInsert", entry.toDocument(additions.tenant(), now)),
                    new UpdateOptions().upsert(true)))
        .toList();
  }

  /**
   * Looks whether all of them are in the log.
   *
   * @throws Problem CONFLICT when somebody took a name at the same moment
   */
  public void written(Additions additions, BulkWriteResult result) {
    if (result.getUpserts().size() < additions.added().size()) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "another caller recorded the same outcome at the same moment; look at the case, and send"
              + " it again if it is still to be said");
    }
  }

  /** What became of the entries, with the states of their cases. */
  public Appended appended(Additions additions, List<CaseState> states) {
    return new Appended(
        additions.items(),
        states.stream().collect(Collectors.toMap(CaseState::key, Function.identity())));
  }

  private static Problem missing(String tenant, String caseKey) {
    return new Problem(
        ProblemKind.NOT_FOUND,
        "no case with id " + new Named(tenant, MemoryId.id(caseKey)).shown());
  }

  private static String key(String tenant, String id) {
    return MemoryId.key(tenant, id);
  }

  private static Document in(Collection<String> values) {
    return new Document("$in", List.copyOf(values));
  }
}
