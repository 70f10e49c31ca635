package org.hippocamel.reembed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.ReembedSettings;
import org.hippocamel.embedding.Lane;
import org.hippocamel.eval.BeirFolder;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.Metric;
import org.hippocamel.eval.Ranking;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.memory.Remembered;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.SearchIndexDefinitions;
import org.hippocamel.spaces.Space;

/**
 * The gate's labelled set: its documents are stored in a tenant that no key can have, in both
 * spaces as everything is, its queries are asked in both, and the new space must not be worse.
 */
public final class GateSet {
  private static final int DOCUMENTS_PER_WRITE = 128;
  private static final int DEPTH = 10;
  private static final int MOST = 10_000;
  private static final Document COUNT = new Document("$count", "rows");
  private static final List<Metric> JUDGED =
      List.of(Metric.NDCG_10, new Metric(Metric.Measure.RECALL, DEPTH));

  private final ReembedSettings settings;
  private final Path directory;
  private final org.hippocamel.recall.Ranking ranking;
  private final Duration patience;

  /**
   * @param directory of labelled sets
   * @param ranking how searches are made that say nothing of it
   * @param patience longest wait for the indexes
   */
  public GateSet(
      ReembedSettings settings,
      Path directory,
      org.hippocamel.recall.Ranking ranking,
      Duration patience) {
    this.settings = settings;
    this.directory = directory;
    this.ranking = ranking;
    this.patience = patience;
  }

  /** Whether there is one. */
  public boolean wanted() {
    return settings.evaluation().isPresent();
  }

  /** A set on trial. For one thread. */
  public static final class Trial {
    private final Migration migration;
    private final Dataset set;
    private final String tenant;
    private final Map<String, Map<Metric, Double>> sums = new HashMap<>();
    private int asked;

    private Trial(Migration migration, Dataset set) {
      this.migration = migration;
      this.set = set;
      this.tenant = ActiveSpace.SET + MemoryId.id(migration.job());
    }

    private List<Space> spaces() {
      return List.of(migration.active(), migration.target());
    }
  }

  /**
   * One query in one space.
   *
   * @param id of the query
   * @param request what recall is asked
   */
  public record Question(String id, RecallRequest request) {}

  /**
   * A question how much of the set a search index has.
   *
   * @param index its name
   * @param pipeline that counts
   */
  public record Look(String index, List<Bson> pipeline) {}

  /**
   * The set, read.
   *
   * @throws Problem CONFLICT when it cannot be
   */
  public Trial open(Migration migration) {
    String name = settings.evaluation().orElseThrow();
    try {
      return new Trial(migration, BeirFolder.read(directory.resolve(name)));
    } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "reembed.evaluation \"" + name + "\" cannot be read: " + e.getMessage(),
          e);
    }
  }

  /** The documents, some at a time. */
  public List<List<Dataset.Document>> slices(Trial trial) {
    List<Dataset.Document> all = trial.set.documents();
    List<List<Dataset.Document>> slices = new ArrayList<>();
    for (int from = 0; from < all.size(); from += DOCUMENTS_PER_WRITE) {
      slices.add(all.subList(from, Math.min(all.size(), from + DOCUMENTS_PER_WRITE)));
    }
    return slices;
  }

  /** Documents as memories, their ids the set's. */
  public RememberRequest drafts(Trial trial, List<Dataset.Document> slice) {
    List<Draft> drafts = slice.stream().map(GateSet::draft).toList();
    return new RememberRequest(trial.tenant, Lane.INGEST, drafts);
  }

  private static Draft draft(Dataset.Document one) {
    return new Draft(
        Kind.INTERACTION,
        one.id(),
        "reembed",
        null,
        one.whole(),
        Map.of(),
        null,
        null,
        List.of(),
        null);
  }

  /**
   * Passes on when all were stored.
   *
   * @throws Problem why one was not
   */
  public void stored(Remembered done) {
    for (Remembered.Item item : done.items()) {
      if (item.refusal() != null) {
        throw item.refusal();
      }
    }
  }

  /**
   * The rows of the set, to be looked through: with a slow model they were stored without vectors
   * in the new space, for a write does not wait for it long.
   */
  public Slice rows(Trial trial) {
    String from = MemoryId.key(trial.tenant, "");
    String to = MemoryId.key(trial.tenant, String.valueOf(Character.MAX_VALUE));
    return new Slice(null, null, trial.migration.job(), from, to, 0, 0, trial.migration.target());
  }

  /** Nothing yet. */
  public List<Document> none() {
    return List.of();
  }

  /** The indexes that questions are asked of: of the vectors of both spaces, and of the words. */
  public List<Look> looks(Trial trial) {
    List<Look> looks = new ArrayList<>();
    trial.spaces().forEach(space -> looks.add(vectors(trial, space)));
    Document compound = new Document("filter", Scope.of(trial.tenant).searchFilters());
    Document stage =
        new Document("index", SearchIndexDefinitions.LEXICAL).append("compound", compound);
    looks.add(
        new Look(
            SearchIndexDefinitions.LEXICAL,
            List.of(
                new Document("$search", stage),
                new Document("$limit", Math.max(1, wanted(trial))),
                COUNT)));
    return looks;
  }

  private static Look vectors(Trial trial, Space target) {
    float[] any = new float[target.dimensions()];
    any[0] = 1;
    Document stage =
        new Document("index", target.index())
            .append("path", target.path())
            .append("queryVector", org.bson.BinaryVector.floatVector(any))
            .append("exact", true)
            .append("limit", Math.max(1, wanted(trial)))
            .append("filter", Scope.of(trial.tenant).vectorFilter());
    return new Look(target.index(), List.of(new Document("$vectorSearch", stage), COUNT));
  }

  private static int wanted(Trial trial) {
    return Math.min(MOST, trial.set.documents().size());
  }

  /**
   * Whether some are missing in an index, and nobody wants it to stop.
   *
   * @param since when the wait began, in milliseconds of the same clock as now
   * @throws Problem CONFLICT when that is too long
   */
  public boolean behind(Trial trial, Look look, List<Document> counted, long since, long now) {
    long waited = now - since;
    long held = counted.isEmpty() ? 0 : counted.get(0).get("rows", Number.class).longValue();
    if (held < wanted(trial) && waited > patience.toMillis()) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "the search index "
              + look.index()
              + " holds "
              + held
              + " of the "
              + wanted(trial)
              + " documents of reembed.evaluation after "
              + patience.toMillis()
              + " ms (mongo.index-wait-millis)");
    }
    return trial.migration.goesOn() && held < wanted(trial);
  }

  /** Every query in both spaces. */
  public List<Question> questions(Trial trial) {
    List<Question> all = new ArrayList<>();
    for (Space space : trial.spaces()) {
      for (Dataset.Query query : trial.set.queries()) {
        RecallRequest request =
            RecallRequest.of(query.text(), Scope.of(trial.tenant), ranking, DEPTH);
        all.add(new Question(query.id(), request.in(space.id())));
      }
    }
    return all;
  }

  /**
   * Notes what was found.
   *
   * @throws Problem UNAVAILABLE when words alone found it
   */
  public void answered(Trial trial, Question question, SearchReply reply) {
    if (reply.degraded() != null) {
      throw new Problem(
          ProblemKind.UNAVAILABLE,
          "a question of reembed.evaluation was answered by words alone: " + reply.degraded());
    }
    trial.asked++;
    Ranking found =
        Ranking.of(
            reply.hits().stream()
                .map(
                    hit -> new Ranking.Scored(MemoryId.id(hit.row().getString("_id")), hit.score()))
                .toList());
    for (Metric metric : JUDGED) {
      trial
          .sums
          .computeIfAbsent(reply.space(), space -> new HashMap<>())
          .merge(
              metric, metric.value(found, trial.set.judgements().of(question.id())), Double::sum);
    }
  }

  /** Condition: the set's memories. */
  public Document memories(Trial trial) {
    return new Document("tenant", trial.tenant);
  }

  /**
   * Passes on when the new space is good enough.
   *
   * @throws Problem CONFLICT with both figures; UNAVAILABLE when not every question was asked
   */
  public void judge(Trial trial) {
    if (trial.asked < trial.spaces().size() * trial.set.queries().size()) {
      throw new Problem(ProblemKind.UNAVAILABLE, "reembed.evaluation was interrupted");
    }
    for (Metric metric : JUDGED) {
      double old = mean(trial, trial.migration.active(), metric);
      double now = mean(trial, trial.migration.target(), metric);
      String figures =
          String.format(
              Locale.ROOT,
              "%s %.4f in %s, %.4f in %s",
              metric.word(),
              now,
              trial.migration.target().id(),
              old,
              trial.migration.active().id());
      if (now < old - settings.margin()) {
        throw new Problem(
            ProblemKind.CONFLICT,
            figures
                + " on "
                + trial.set.name()
                + ": worse by more than reembed.margin "
                + settings.margin()
                + ". The space stays ready, POST /v1/spaces/"
                + trial.migration.target().id()
                + "/activate switches all the same");
      }
      trial.migration.verified(figures);
    }
  }

  private static double mean(Trial trial, Space space, Metric metric) {
    int queries = Math.max(1, trial.set.queries().size());
    return trial.sums.getOrDefault(space.id(), Map.of()).getOrDefault(metric, 0.0) / queries;
  }
}
