package org.hippocamel.cases;

import com.mongodb.client.model.UpdateManyModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.problem.Quoted;

/** The collection {@code case_shown}: what each run was shown, for as long as the settings say. */
public final class ShownLog {
  private static final int LONGEST_PROBLEM = 500;
  private static final int MOST_SEARCHES = 200;

  private final Duration kept;
  private final Scrubber scrubber;
  private final Clock clock;
  private final Supplier<String> ids;

  public ShownLog(Duration kept, Scrubber scrubber, Clock clock, Supplier<String> ids) {
    this.kept = kept;
    this.scrubber = scrubber;
    this.clock = clock;
    this.ids = ids;
  }

  /** Whether the search belongs to a run. */
  public boolean remembers(CaseReply reply) {
    return reply.search().runId() != null;
  }

  /** The row of an answer. */
  public Document row(CaseReply reply, Shortlist positives) {
    Instant now = clock.instant();
    String tenant = reply.search().tenant();
    List<Document> shown =
        Stream.concat(
                items(reply.positives(), true).stream(), items(reply.negatives(), false).stream())
            .map(Shown.Item::toDocument)
            .toList();
    Document row =
        new Document("_id", MemoryId.key(tenant, ids.get()))
            .append("tenant", tenant)
            .append("run_id", reply.search().runId())
            .append("at", Date.from(now))
            .append("expires_at", Date.from(now.plus(kept)))
            .append("problem", cut(scrubber.text(reply.search().problem())))
            .append("ranking", reply.arm().ranking().word())
            .append("group", reply.arm().group().word())
            .append("shown", shown);
    return positives.question().isEmpty()
        ? row
        : row.append("place", positives.problem().toDocument());
  }

  private static List<Shown.Item> items(List<Example> examples, boolean positive) {
    return examples.stream()
        .map(example -> new Shown.Item(example.key(), positive, example.score()))
        .toList();
  }

  private static String cut(String problem) {
    if (problem.length() <= LONGEST_PROBLEM) {
      return problem;
    }
    return problem.substring(0, problem.offsetByCodePoints(LONGEST_PROBLEM, -1));
  }

  /** Pipeline: what a run was shown, the latest searches. */
  public List<Bson> runPipeline(Feedback feedback) {
    return List.of(
        new Document("$match", run(feedback.tenant(), feedback.runId())),
        new Document("$sort", new Document("at", -1)),
        new Document("$limit", MOST_SEARCHES));
  }

  private static Document run(String tenant, String runId) {
    return new Document("run_id", runId).append("tenant", tenant);
  }

  /**
   * What it was shown.
   *
   * @throws Problem NOT_FOUND when nothing is known of the run
   */
  public List<Shown> shown(List<Document> rows, Feedback feedback) {
    if (rows.isEmpty()) {
      throw new Problem(
          ProblemKind.NOT_FOUND,
          "no search with run_id "
              + Quoted.of(feedback.runId())
              + " in the last "
              + kept.toDays()
              + " days (cases.shown-days)");
    }
    return rows.stream().map(Shown::from).toList();
  }

  /** Whether an outcome says in which run it happened. */
  public boolean located(NewOutcomes outcomes) {
    return outcomes.entries().stream().anyMatch(entry -> entry.runId() != null);
  }

  /** Pipeline: the latest search of an outcome's run that showed its case. */
  public List<Bson> placePipeline(NewOutcomes outcomes) {
    LogEntry entry = outcomes.entries().get(0);
    return List.of(
        new Document(
            "$match", run(outcomes.tenant(), entry.runId()).append("shown.case", entry.caseKey())),
        new Document("$sort", new Document("at", -1)),
        new Document("$limit", 1));
  }

  /** The outcome at the problem of that search. */
  public NewOutcomes placed(NewOutcomes outcomes, List<Document> rows) {
    return rows.isEmpty()
        ? outcomes
        : outcomes.with(
            outcomes.entries().stream()
                .map(entry -> entry.where(Shown.from(rows.get(0)).place()))
                .toList());
  }

  /** The change of the run's rows: how it went. */
  public List<UpdateManyModel<Document>> rewarded(Feedback feedback) {
    return new ArrayList<>(
        List.of(
            new UpdateManyModel<>(
                run(feedback.tenant(), feedback.runId()),
                new Document(
                    "$set",
                    new Document("reward", feedback.reward())
                        .append("rewarded_at", Date.from(clock.instant()))))));
  }

  /** Pipeline: the latest searches in which a case was shown. */
  public List<Bson> casePipeline(String caseKey, int limit) {
    return List.of(
        new Document("$match", new Document("shown.case", caseKey)),
        new Document("$sort", new Document("at", -1)),
        new Document("$limit", limit),
        new Document("$unset", List.of("place")));
  }

  /** Pipeline: how many runs went how well, with the learned values and without. */
  public List<Bson> upliftPipeline(String tenant) {
    List<String> groups = List.of(Arm.Group.LEARNED.word(), Arm.Group.HOLDOUT.word());
    return List.of(
        new Document(
            "$match",
            new Document("tenant", tenant)
                .append("group", new Document("$in", groups))
                .append("reward", new Document("$exists", true))),
        new Document(
            "$group",
            new Document("_id", "$run_id")
                .append("group", new Document("$first", "$group"))
                .append("reward", new Document("$first", "$reward"))),
        new Document(
            "$group",
            new Document("_id", "$group")
                .append("runs", new Document("$sum", 1))
                .append("rewards", new Document("$sum", "$reward"))));
  }

  /** What they tell. */
  public Uplift uplift(List<Document> groups) {
    return Uplift.from(groups);
  }
}
