package org.hippocamel.cases;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.bson.Document;
import org.hippocamel.memory.MemoryId;

/**
 * One entry of the log: what came of a case once. Entries are added and never changed; a wrong one
 * is superseded by another.
 *
 * @param id value of {@code _id}, {@code tenant:id}; null before the log has named it
 * @param caseKey {@code _id} of its case; null before that is known
 * @param part what it says of the case
 * @param success whether the solution worked; null unless it is a verdict
 * @param reward how well it went, in [0, 1]
 * @param weight how much it counts, in [0, 1]: a verdict 1, a credit its share of the ranking; 0
 *     takes back what it supersedes
 * @param evaluator who says so, or null
 * @param note why, or null
 * @param runId in which run, or null
 * @param at when it happened; null for the moment when it is logged
 * @param supersedes {@code _id} of the entry that it takes the place of, or null
 * @param copyOf {@code _id} of the entry that it repeats for a case that the other was merged into;
 *     that one is no copy itself; or null
 * @param place the problem at which it happened where that is not the case's own, else null
 */
public record LogEntry(
    String id,
    String caseKey,
    Part part,
    Boolean success,
    double reward,
    double weight,
    String evaluator,
    String note,
    String runId,
    Instant at,
    String supersedes,
    String copyOf,
    Place place) {
  public LogEntry {
    if ((part == Part.VERDICT) != (success != null)) {
      throw new IllegalArgumentException("a verdict, and nothing else, says whether it worked");
    }
    if (!(reward >= 0 && reward <= 1) || !(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("a reward and a weight lie in [0, 1]");
    }
    if (weight == 0 && supersedes == null) {
      throw new IllegalArgumentException("what counts nothing takes something back");
    }
  }

  /** The same under a name. */
  LogEntry named(String key) {
    return with(key, caseKey, note, at, supersedes, copyOf, place);
  }

  /** The same of a case: of the one it was said of, or that this one is part of now. */
  public LogEntry ofCase(String otherCase) {
    return with(id, otherCase, note, at, supersedes, copyOf, place);
  }

  /** The same in the place of another entry, and so under another name. */
  LogEntry superseding(String entry) {
    return with(null, caseKey, note, at, entry, copyOf, place);
  }

  /** The same of a case that its own is part of, in the place of that case's entry. */
  LogEntry redirected(String otherCase, String entry) {
    return with(id, otherCase, note, at, entry, copyOf, place);
  }

  /** The same with another note. */
  LogEntry noted(String text) {
    return with(id, caseKey, text, at, supersedes, copyOf, place);
  }

  /** The same, having happened at this moment if nothing else is known. */
  LogEntry when(Instant now) {
    return with(id, caseKey, note, at == null ? now : at, supersedes, copyOf, place);
  }

  /** The same at the problem where it happened. */
  LogEntry where(Place problem) {
    return with(id, caseKey, note, at, supersedes, copyOf, problem);
  }

  /**
   * The same in the history of the case that its own one is merged into. Copies are named by what
   * they are at root a copy of, so that an entry that comes by two ways is there once.
   *
   * @param superseded root of the entry that it takes the place of, or null
   */
  LogEntry copiedTo(String tenant, String otherCase, String superseded) {
    return with(
        copyKey(tenant, root(), otherCase),
        otherCase,
        note,
        at,
        superseded == null ? null : copyKey(tenant, superseded, otherCase),
        root(),
        place);
  }

  /** {@code _id} of the copy that a case has of an entry which is no copy itself. */
  static String copyKey(String tenant, String root, String caseKey) {
    return MemoryId.key(tenant, LogId.copy(root, caseKey));
  }

  /** {@code _id} of the entry that this one is a copy of, or its own. */
  String root() {
    return copyOf == null ? id : copyOf;
  }

  private LogEntry with(
      String key,
      String ofCase,
      String why,
      Instant when,
      String insteadOf,
      String original,
      Place where) {
    return new LogEntry(
        key, ofCase, part, success, reward, weight, evaluator, why, runId, when, insteadOf,
        original, where);
  }

  /** Whether it says the same; of which case, in whose place, when and where does not matter. */
  boolean says(LogEntry other) {
    return part == other.part
        && Objects.equals(success, other.success)
        && reward == other.reward
        && weight == other.weight
        && Objects.equals(evaluator, other.evaluator)
        && Objects.equals(note, other.note)
        && Objects.equals(runId, other.runId);
  }

  Document toDocument(String tenant, Instant now) {
    Document document =
        new Document("tenant", tenant)
            .append("case", caseKey)
            .append("part", part.word())
            .append("reward", reward)
            .append("weight", weight)
            .append("at", Date.from(at))
            .append("logged_at", Date.from(now));
    put(document, "success", success);
    put(document, "evaluator", evaluator);
    put(document, "note", note);
    put(document, "run_id", runId);
    put(document, "supersedes", supersedes);
    put(document, "copy_of", copyOf);
    put(document, "place", place == null ? null : place.toDocument());
    return document;
  }

  private static void put(Document document, String field, Object value) {
    if (value != null) {
      document.append(field, value);
    }
  }

  /** As it is stored; a projection may have left the place out. */
  static LogEntry from(Document row) {
    Document place = row.get("place", Document.class);
    return new LogEntry(
        row.getString("_id"),
        row.getString("case"),
        Part.of(row.getString("part")),
        row.getBoolean("success"),
        row.get("reward", Number.class).doubleValue(),
        row.get("weight", Number.class).doubleValue(),
        row.getString("evaluator"),
        row.getString("note"),
        row.getString("run_id"),
        row.getDate("at").toInstant(),
        row.getString("supersedes"),
        row.getString("copy_of"),
        place == null || !place.containsKey("vector") ? null : Place.from(place));
  }

  /** The public id. */
  public String publicId() {
    return MemoryId.id(id);
  }
}
