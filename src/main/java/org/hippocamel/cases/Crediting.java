package org.hippocamel.cases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.Quoted;

/**
 * Spreads the reward of a run over the cases that it was shown: each gets the share that its score
 * has in the scores of all, examples and warnings apart, so that a run counts as one use however
 * many cases it was shown.
 */
public final class Crediting {

  /** Pipeline: what the run's cases were credited with before. */
  public List<Bson> earlierPipeline(Feedback feedback) {
    return List.of(
        new Document(
            "$match",
            new Document("run_id", feedback.runId())
                .append("tenant", feedback.tenant())
                .append("part", new Document("$ne", Part.VERDICT.word()))),
        new Document("$unset", List.of("place")));
  }

  /** Pipeline: what the cases of a run are part of now. */
  public List<Bson> casesPipeline(List<Shown> shown, List<Document> earlier) {
    Set<String> cases = new LinkedHashSet<>();
    shown.forEach(search -> search.cases().forEach(item -> cases.add(item.caseKey())));
    earlier.forEach(row -> cases.add(row.getString("case")));
    return List.of(
        new Document(
            "$match",
            new Document("_id", new Document("$in", List.copyOf(cases)))
                .append("kind", Kind.CASE.word())),
        new Document("$project", new Document("case.merged_into", 1)));
  }

  /**
   * The credits of a run, those of a merged case for the one that it is part of. What was said of
   * the run before is superseded where it differs, and taken back where it is not said again.
   *
   * @param cases rows of {@link #casesPipeline}
   * @throws Problem INVALID when a case is named that the run was not shown
   */
  public NewOutcomes credits(
      Feedback feedback, List<Shown> shown, List<Document> earlier, List<Document> cases) {
    Map<String, String> targets = new HashMap<>();
    cases.forEach(row -> targets.put(row.getString("_id"), CaseLog.target(row)));
    Map<Shared, Credit> credits = new LinkedHashMap<>();
    for (Shown search : shown) {
      for (Shown.Item item : search.cases()) {
        String caseKey = targets.getOrDefault(item.caseKey(), item.caseKey());
        Shared key = new Shared(caseKey, item.positive());
        credits.computeIfAbsent(key, k -> new Credit(search.place())).score += item.score();
      }
    }
    keepUsed(feedback, credits, targets);
    Map<Shared, List<LogEntry>> before = before(earlier, targets);
    List<LogEntry> entries = new ArrayList<>();
    credits.forEach(
        (key, credit) -> {
          double all =
              credits.entrySet().stream()
                  .filter(other -> other.getKey().positive() == key.positive())
                  .mapToDouble(other -> other.getValue().score)
                  .sum();
          List<LogEntry> known = before.getOrDefault(key, List.of());
          LogEntry first = known.isEmpty() ? null : known.get(0);
          entries.add(entry(feedback, key, credit.place, credit.score / all, first));
        });
    before.forEach(
        (key, known) ->
            known.stream()
                .skip(credits.containsKey(key) ? 1 : 0)
                .filter(entry -> entry.weight() > 0)
                .forEach(entry -> entries.add(withdrawn(feedback, entry))));
    return new NewOutcomes(feedback.tenant(), entries, Leniency.GONE);
  }

  private record Shared(String caseKey, boolean positive) {
    Part part() {
      return positive ? Part.CREDIT : Part.WARNING;
    }
  }

  /** What a case was shown for: the scores of all its showings, and where the latest one was. */
  private static final class Credit {
    private final Place place;
    private double score;

    Credit(Place place) {
      this.place = place;
    }
  }

  private static void keepUsed(
      Feedback feedback, Map<Shared, Credit> credits, Map<String, String> targets) {
    if (feedback.used().isEmpty()) {
      return;
    }
    Set<String> shown = credits.keySet().stream().map(Shared::caseKey).collect(Collectors.toSet());
    List<FieldError> errors = new ArrayList<>();
    List<String> used = new ArrayList<>();
    for (int i = 0; i < feedback.used().size(); i++) {
      String named = MemoryId.key(feedback.tenant(), feedback.used().get(i));
      String key = targets.getOrDefault(named, named);
      used.add(key);
      if (!shown.contains(key)) {
        errors.add(
            new FieldError(
                Pointer.child("/used", i),
                "the run was not shown case " + Quoted.of(feedback.used().get(i))));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    credits.keySet().removeIf(key -> !used.contains(key.caseKey()));
  }

  /**
   * What is said of the run so far, what counts first. Entries of a case that is part of another
   * one now are left alone: the other has copies of them.
   */
  private static Map<Shared, List<LogEntry>> before(
      List<Document> earlier, Map<String, String> targets) {
    return Evidence.valid(earlier.stream().map(LogEntry::from).toList()).stream()
        .filter(entry -> entry.caseKey().equals(targets.get(entry.caseKey())))
        .sorted(Comparator.comparing(LogEntry::weight).reversed())
        .collect(
            Collectors.groupingBy(
                entry -> new Shared(entry.caseKey(), entry.part() == Part.CREDIT),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static LogEntry entry(
      Feedback feedback, Shared key, Place place, double share, LogEntry earlier) {
    String id =
        MemoryId.key(
            feedback.tenant(), LogId.of(key.caseKey(), key.part().word(), feedback.runId()));
    LogEntry entry =
        said(feedback, key.caseKey(), key.part(), Math.min(1, share), null).where(place);
    if (earlier == null) {
      return entry.named(id);
    }
    return entry.says(earlier) ? earlier : entry.superseding(earlier.id());
  }

  private static LogEntry withdrawn(Feedback feedback, LogEntry earlier) {
    return said(feedback, earlier.caseKey(), earlier.part(), 0, earlier.id());
  }

  private static LogEntry said(
      Feedback feedback, String caseKey, Part part, double weight, String supersedes) {
    return new LogEntry(
        null,
        caseKey,
        part,
        null,
        feedback.reward(),
        weight,
        feedback.evaluator(),
        feedback.note(),
        feedback.runId(),
        null,
        supersedes,
        null,
        null);
  }
}
