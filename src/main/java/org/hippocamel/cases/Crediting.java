package org.hippocamel.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
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

  /**
   * The credits of a run. What was said of it before is superseded where it differs.
   *
   * @throws Problem INVALID when a case is named that the run was not shown
   */
  public NewOutcomes credits(Feedback feedback, List<Shown> shown, List<Document> earlier) {
    Map<Shared, Credit> credits = new LinkedHashMap<>();
    for (Shown search : shown) {
      for (Shown.Item item : search.cases()) {
        Shared key = new Shared(item.caseKey(), item.positive());
        credits.computeIfAbsent(key, k -> new Credit(search.place())).score += item.score();
      }
    }
    keepUsed(feedback, credits);
    Map<String, LogEntry> before = before(earlier);
    List<LogEntry> entries = new ArrayList<>();
    credits.forEach(
        (key, credit) -> {
          double all =
              credits.entrySet().stream()
                  .filter(other -> other.getKey().positive() == key.positive())
                  .mapToDouble(other -> other.getValue().score)
                  .sum();
          entries.add(entry(feedback, key, credit.place, credit.score / all, before));
        });
    return new NewOutcomes(feedback.tenant(), entries, true);
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

  private static void keepUsed(Feedback feedback, Map<Shared, Credit> credits) {
    if (feedback.used().isEmpty()) {
      return;
    }
    Set<String> shown = credits.keySet().stream().map(Shared::caseKey).collect(Collectors.toSet());
    List<FieldError> errors = new ArrayList<>();
    List<String> used = new ArrayList<>();
    for (int i = 0; i < feedback.used().size(); i++) {
      String key = MemoryId.key(feedback.tenant(), feedback.used().get(i));
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

  private static Map<String, LogEntry> before(List<Document> earlier) {
    Map<String, LogEntry> before = new HashMap<>();
    Evidence.valid(earlier.stream().map(LogEntry::from).toList())
        .forEach(entry -> before.put(entry.caseKey() + entry.part(), entry));
    return before;
  }

  private static LogEntry entry(
      Feedback feedback, Shared key, Place place, double share, Map<String, LogEntry> before) {
    LogEntry earlier = before.get(key.caseKey() + key.part());
    LogEntry entry =
        new LogEntry(
            MemoryId.key(
                feedback.tenant(), LogId.of(key.caseKey(), key.part().word(), feedback.runId())),
            key.caseKey(),
            key.part(),
            null,
            feedback.reward(),
            Math.min(1, share),
            feedback.evaluator(),
            feedback.note(),
            feedback.runId(),
            null,
            null,
            null,
            place);
    if (earlier == null) {
      return entry;
    }
    boolean same = entry.superseding(earlier.supersedes()).sameAs(earlier);
    return same ? earlier : entry.superseding(earlier.id());
  }
}
