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
import java.util.Objects;
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

  /** Whether entries are to be superseded: then it must be known where those are. */
  public boolean corrects(NewOutcomes outcomes) {
    return !outcomes.superseded().isEmpty();
  }

  /** Pipeline: where the entries are that are to be superseded. */
  public List<Bson> rootsPipeline(NewOutcomes outcomes) {
    return List.of(
        new Document("$match", new Document("_id", in(outcomes.superseded()))),
        new Document("$project", new Document("case", 1).append("copy_of", 1)));
  }

  /** Nothing is to be superseded. */
  public List<Document> none() {
    return List.of();
  }

  /**
   * The entries with their names, those of a merged case for the one that it is part of. A name
   * comes from what was sent, so that it is the same before a merge and after it.
   *
   * @param superseded rows of {@link #rootsPipeline}
   * @throws Problem NOT_FOUND unless the entries of missing cases are to be left out
   */
  public NamedOutcomes named(
      NewOutcomes outcomes, List<Document> cases, List<Document> superseded) {
    Map<String, String> targets = new HashMap<>();
    cases.forEach(row -> targets.put(row.getString("_id"), target(row)));
    Roots roots = new Roots(outcomes.tenant(), superseded);
    Set<String> sent = outcomes.entries().stream().map(LogEntry::id).collect(Collectors.toSet());
    List<NamedOutcomes.Item> items = new ArrayList<>();
    for (LogEntry entry : outcomes.entries()) {
      String target = targets.get(entry.caseKey());
      if (target != null) {
        items.add(item(outcomes.tenant(), entry, target, roots, sent));
      } else if (outcomes.leniency() == Leniency.NONE) {
        throw missing(outcomes.tenant(), entry.caseKey());
      }
    }
    return new NamedOutcomes(outcomes.tenant(), items, outcomes.leniency());
  }

  /** What a case is part of, by its row: another one, or itself. */
  static String target(Document row) {
    String merged = row.get("case", Document.class).getString("merged_into");
    return merged == null ? row.getString("_id") : merged;
  }

  private NamedOutcomes.Item item(
      String tenant, LogEntry entry, String target, Roots roots, Set<String> sent) {
    LogEntry said = entry.noted(scrubber.text(entry.note())).when(clock.instant());
    if (entry.supersedes() == null) {
      said = said.id() == null ? said.named(key(tenant, name(said))) : said;
      return new NamedOutcomes.Item(said, said.ofCase(target), false);
    }
    String wrong = entry.supersedes();
    String place = key(tenant, LogId.correcting(roots.root(wrong)));
    boolean unnamed = said.id() == null || said.id().equals(key(tenant, LogId.correcting(wrong)));
    said = unnamed ? said.named(place) : said;
    boolean asSaid = target.equals(said.caseKey()) || sent.contains(wrong);
    return new NamedOutcomes.Item(
        said, said.redirected(target, roots.in(target, wrong, asSaid)), said.id().equals(place));
  }

  private String name(LogEntry entry) {
    return entry.runId() == null
        ? ids.get()
        : LogId.of(entry.caseKey(), entry.part().word(), entry.runId(), entry.evaluator());
  }

  /** Pipeline: entries of these names, and those that are to be superseded. */
  public List<Bson> knownPipeline(NamedOutcomes outcomes) {
    Set<String> wanted = new LinkedHashSet<>();
    for (NamedOutcomes.Item item : outcomes.items()) {
      wanted.add(item.entry().id());
      if (item.entry().supersedes() != null) {
        wanted.add(item.entry().supersedes());
      }
      if (item.redirected()) {
        wanted.add(item.copy(outcomes.tenant()));
      }
    }
    return List.of(
        new Document("$match", new Document("_id", in(wanted))),
        new Document("$unset", List.of("place")));
  }

  /**
   * Which entries are new.
   *
   * @throws Problem CONFLICT for a name under which something else was said; INVALID for a
   *     correction of an entry that the case does not have: unless both are to be left out
   */
  public Additions additions(NamedOutcomes outcomes, List<Document> found) {
    Map<String, LogEntry> known = new HashMap<>();
    found.stream().map(LogEntry::from).forEach(entry -> known.put(entry.id(), entry));
    Map<String, LogEntry> all = new HashMap<>(known);
    outcomes.entries().forEach(entry -> all.putIfAbsent(entry.id(), entry));
    boolean lenient = outcomes.leniency() == Leniency.ALL;
    List<Appended.Item> items = new ArrayList<>();
    List<Appended.Refused> refused = new ArrayList<>();
    for (NamedOutcomes.Item item : outcomes.items()) {
      LogEntry entry = item.entry();
      LogEntry there = known.get(entry.id());
      if (there != null) {
        boolean same = same(there, item, known.containsKey(item.copy(outcomes.tenant())));
        if (!same && !lenient) {
          throw contradicted(there);
        }
        items.add(new Appended.Item(same ? there.ofCase(entry.caseKey()) : there, false));
        if (!same) {
          refused.add(new Appended.Refused(entry.id(), "it is in the log and says otherwise"));
        }
        continue;
      }
      String fault = fault(item, all.get(entry.supersedes()));
      if (fault == null) {
        known.put(entry.id(), entry);
        items.add(new Appended.Item(entry, true));
      } else if (lenient) {
        all.remove(entry.id());
        refused.add(new Appended.Refused(entry.id(), fault));
      } else {
        throw Problem.invalid("/supersedes", fault);
      }
    }
    return new Additions(outcomes.tenant(), outcomes.leniency(), items, refused);
  }

  /**
   * Whether an entry of the log is the one that was sent: of the same case, of the one that it is
   * part of now, or of one in between, whose copy the last one has.
   */
  private static boolean same(LogEntry there, NamedOutcomes.Item item, boolean copied) {
    boolean ofIt =
        copied || List.of(item.said().caseKey(), item.entry().caseKey()).contains(there.caseKey());
    boolean inPlace =
        Objects.equals(there.supersedes(), item.said().supersedes())
            || Objects.equals(there.supersedes(), item.entry().supersedes())
            || item.correction() && there.supersedes() != null;
    return ofIt && inPlace && there.says(item.entry());
  }

  /** Why an entry cannot take another one's place, or null. */
  private static String fault(NamedOutcomes.Item item, LogEntry superseded) {
    LogEntry entry = item.entry();
    if (entry.supersedes() == null
        || superseded != null
            && superseded.caseKey().equals(entry.caseKey())
            && superseded.part() == entry.part()) {
      return null;
    }
    return "supersedes names no "
        + entry.part().word()
        + " of this case: "
        + Quoted.of(MemoryId.id(item.said().supersedes()));
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
   * @throws Problem CONFLICT when somebody took a name at the same moment, unless the log may keep
   *     what it has
   */
  public void written(Additions additions, BulkWriteResult result) {
    boolean all = result.getUpserts().size() == additions.added().size();
    if (!all && additions.leniency() != Leniency.ALL) {
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
        additions.refused(),
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
