package org.hippocamel.cases;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.CaseStatus;
import org.hippocamel.memory.Kind;
import org.hippocamel.recall.FilterFields;

/**
 * The values of deriving what a case is from its log.
 *
 * <p>Many may add to the log of one case at once; each reads the log after its own entry is in it
 * and writes what the log then says, unless the case knows more entries already. Whoever reads last
 * reads all, so what remains is the sum of all. Who dies in between leaves the case behind its log,
 * until the next outcome or {@code case-outcomes-settle} reads it again.
 */
public final class Deriving {
  private static final Document SUMMED =
      new Document("case", 1)
          .append("part", 1)
          .append("success", 1)
          .append("reward", 1)
          .append("weight", 1)
          .append("at", 1)
          .append("supersedes", 1)
          .append(
              "note",
              new Document(
                  "$cond",
                  List.of(
                      new Document("$eq", List.of("$part", Part.VERDICT.word())),
                      "$note",
                      "$$REMOVE")));

  private final Judging judging;

  public Deriving(Judging judging) {
    this.judging = judging;
  }

  /** The cases that all callers of a call ask for, each once. */
  public Set<String> keys(List<CaseKeys> asked) {
    return asked.stream()
        .flatMap(keys -> keys.keys().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The states that each caller asked for. */
  public List<List<CaseState>> answers(List<CaseKeys> asked, List<CaseState> states) {
    Map<String, CaseState> byKey =
        states.stream().collect(Collectors.toMap(CaseState::key, Function.identity()));
    return asked.stream().map(keys -> keys.keys().stream().map(byKey::get).toList()).toList();
  }

  /** Pipeline: what is summed of all that the log says of these cases. */
  public List<Bson> logPipeline(Collection<String> cases) {
    return List.of(
        new Document("$match", new Document("case", new Document("$in", List.copyOf(cases)))),
        new Document("$project", SUMMED));
  }

  /** What each case comes to, also those that the log does not know. */
  public List<CaseState> states(Collection<String> cases, List<Document> log) {
    Map<String, List<LogEntry>> entries =
        log.stream().map(LogEntry::from).collect(Collectors.groupingBy(LogEntry::caseKey));
    List<CaseState> states = new ArrayList<>();
    for (String key : cases) {
      states.add(state(key, entries.getOrDefault(key, List.of())));
    }
    return states;
  }

  CaseState state(String key, Collection<LogEntry> entries) {
    Evidence evidence = Evidence.of(entries, judging.decay());
    return new CaseState(key, evidence, judging.status(evidence), Evidence.note(entries));
  }

  /** The changes of the cases as an unordered bulk: none where more is known already. */
  public List<WriteModel<Document>> updates(Collection<CaseState> states) {
    return states.stream().<WriteModel<Document>>map(this::update).toList();
  }

  private UpdateOneModel<Document> update(CaseState state) {
    Document behind =
        new Document("_id", state.key())
            .append("kind", Kind.CASE.word())
            .append(FilterFields.CASE_STATUS, new Document("$ne", CaseStatus.MERGED.word()))
            .append(
                "case.stats.rows",
                new Document("$not", new Document("$gte", state.evidence().rows())));
    Document set =
        new Document(FilterFields.CASE_STATUS, state.status().word())
            .append("case.stats", state.evidence().toDocument());
    Document unset = new Document();
    put(set, unset, FilterFields.CASE_REWARD, state.evidence().reward());
    put(set, unset, "case.note", state.note());
    Document update = new Document("$set", set);
    return new UpdateOneModel<>(behind, unset.isEmpty() ? update : update.append("$unset", unset));
  }

  private static void put(Document set, Document unset, String field, Object value) {
    if (value == null) {
      unset.append(field, "");
    } else {
      set.append(field, value);
    }
  }
}
