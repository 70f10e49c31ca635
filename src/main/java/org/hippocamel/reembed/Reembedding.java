package org.hippocamel.reembed;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.ReembedSettings;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.job.JobRun;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceDiscovery;
import org.hippocamel.spaces.SpaceList;
import org.hippocamel.spaces.SpaceSetup;
import org.hippocamel.spaces.SpaceState;

/** The values of a re-embedding, as {@code routes/reembed.camel.yaml} takes them. */
public final class Reembedding {
  private static final long LONGEST_PAUSE_MILLIS = 250;
  private static final int CAUGHT_UP_SAMPLE = 100;

  private final SpaceDiscovery discovery;
  private final Embedders embedders;
  private final SpaceSetup setup;
  private final ReembedSettings settings;

  /** All of it. */
  public Reembedding(
      SpaceDiscovery discovery, Embedders embedders, SpaceSetup setup, ReembedSettings settings) {
    this.discovery = discovery;
    this.embedders = embedders;
    this.setup = setup;
    this.settings = settings;
  }

  /**
   * What a run is to do.
   *
   * @throws Problem UNAVAILABLE when no embedder of this process serves the space: it is given
   *     back, for another one that has its address
   */
  public Migration open(JobRun run, SpaceList stored) {
    Document wanted = run.parameters();
    String id = wanted.getString("space");
    Space target = discovery.served(id).orElseThrow(() -> elsewhere(id));
    Space active = stored.activeSpace().orElseThrow();
    return new Migration(run, target, active, !Boolean.FALSE.equals(wanted.getBoolean("switch")));
  }

  /** A look at the space that a caller has made the active one; no job stands for it. */
  public Migration after(SpaceList stored) {
    Space active = stored.activeSpace().orElseThrow();
    return new Migration(JobRun.unwatched(), active, active, false);
  }

  /**
   * The space that is to be filled.
   *
   * @param id the one that a caller names; null for that of the embedder to move to, or, without
   *     one, for the active one
   */
  public Space target(String id, SpaceList stored) {
    if (id == null) {
      return discovery
          .other(stored.active())
          .or(stored::activeSpace)
          .orElseThrow(() -> absent("of next.tei.url", stored));
    }
    return discovery.served(id).orElseThrow(() -> absent(id, stored));
  }

  private static Problem elsewhere(String id) {
    return new Problem(
        ProblemKind.UNAVAILABLE,
        "no embedder of this process serves the space "
            + id
            + " now; the job waits for a process with NEXT_TEI_URL at a server of its model");
  }

  private Problem absent(String id, SpaceList stored) {
    boolean mayCome = embedders.all().stream().anyMatch(one -> one.space() == null);
    return new Problem(
        mayCome ? ProblemKind.UNAVAILABLE : ProblemKind.CONFLICT,
        "no embedder of this process serves the space "
            + id
            + ": point NEXT_TEI_URL at a server of the model to move to; these are: "
            + stored.describe());
  }

  /** Update that notes the space, with what it was made of. */
  public List<Document> recorded(Migration migration) {
    return setup.record(migration.target(), SpaceState.BUILDING);
  }

  /** Whether the space has to be said to be filled: it is not complete, or not any more. */
  public boolean announces(Migration migration, SpaceList stored) {
    return migration.ends()
        && stored
            .find(migration.target().id())
            .map(entry -> entry.state() != SpaceState.READY)
            .orElse(true);
  }

  /** Commands that make the search index of the space. */
  public List<Document> indexCommands(Migration migration, List<Document> present) {
    return setup.indexCommands(migration.target(), present);
  }

  /**
   * Tells the refusal of an index from others: an Atlas free tier has three search indexes. One
   * that somebody else has made at the same moment is as good.
   *
   * @throws Problem CONFLICT, or why the store does not answer
   */
  public void indexRefused(Migration migration, Throwable thrown, SpaceList stored) {
    Problem problem = Diagnosis.of(thrown);
    if (problem.passing()) {
      throw problem;
    }
    String said = said(thrown);
    if (said.matches("(?is).*(duplicate index|already exists(?! with a different)).*")) {
      return;
    }
    throw new Problem(
        ProblemKind.CONFLICT,
        "the store makes no search index "
            + migration.target().index()
            + (said.matches("(?is).*(maximum|limit).*")
                ? ": it allows no more of them (an Atlas free tier three). Retire a space that is"
                    + " not needed (POST /v1/spaces/{id}/retire; there are: "
                    + stored.describe()
                    + "), drop another search index, or take a larger tier"
                : ": " + problem.getMessage()),
        thrown);
  }

  private static String said(Throwable thrown) {
    StringBuilder all = new StringBuilder();
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      all.append(one.getMessage()).append(' ');
    }
    return all.toString();
  }

  /**
   * Whether the index cannot be searched yet.
   *
   * @param since when the wait began, in milliseconds of the same clock as now
   * @throws Problem UNAVAILABLE when that is too long
   */
  public boolean building(Migration migration, List<Document> present, long since, long now) {
    return migration.goesOn() && setup.building(migration.target(), present, now - since);
  }

  /** Notes how many rows there are to embed. */
  public void expect(Migration migration, long missing) {
    migration.expect();
    migration.missing(missing);
  }

  /** Notes how many rows are left when the slices are done. */
  public void left(Migration migration, long missing) {
    migration.missing(missing);
  }

  /** Notes what a look at everything has found; the next one goes on after it. */
  public void swept(Migration migration, Portion portion, PortionResult result) {
    migration.swept(result, portion.last());
  }

  /** Everything from where a look has come to, for what the slices have left. */
  public Slice everything(Migration migration) {
    return Slice.whole(migration, migration.reached());
  }

  /** Milliseconds until the next look at slices that others work on. */
  public long pause() {
    return LONGEST_PAUSE_MILLIS;
  }

  /**
   * Pipelines: rows whose vectors came last. Slices are worked on in the order of {@code _id}, and
   * memories that were stored meanwhile brought theirs.
   */
  public List<List<Bson>> samplePipelines(Migration migration) {
    return List.of(last(migration, "_id"), last(migration, "updated_at"));
  }

  private static List<Bson> last(Migration migration, String order) {
    return List.of(
        new Document("$match", Lacking.present(migration.target().path())),
        new Document("$sort", new Document(order, -1)),
        new Document("$limit", CAUGHT_UP_SAMPLE / 2),
        new Document("$project", new Document("_id", 1)));
  }

  /** Rows of a sample, none yet. */
  public List<Document> sample() {
    return new ArrayList<>();
  }

  /** Adds rows, each once. */
  public void sampled(List<Document> sample, List<Document> rows) {
    rows.stream().filter(row -> !sample.contains(row)).forEach(sample::add);
  }

  /** Pipeline: how many of these the vector index knows. */
  public List<Bson> indexedPipeline(Migration migration, List<Document> sample) {
    float[] any = new float[migration.target().dimensions()];
    any[0] = 1;
    List<String> ids = sample.stream().map(row -> row.getString("_id")).toList();
    Document stage =
        new Document("index", migration.target().index())
            .append("path", migration.target().path())
            .append("queryVector", org.bson.BinaryVector.floatVector(any))
            .append("exact", true)
            .append("limit", Math.max(1, ids.size()))
            .append("filter", new Document("_id", new Document("$in", ids)));
    return List.of(new Document("$vectorSearch", stage), new Document("$count", "rows"));
  }

  /**
   * Whether the index has not caught up.
   *
   * @param since when the wait began, in milliseconds of the same clock as now
   * @throws Problem UNAVAILABLE when that is too long
   */
  public boolean behind(
      Migration migration, List<Document> sample, List<Document> counted, long since, long now) {
    long waited = now - since;
    long known = counted.isEmpty() ? 0 : counted.get(0).get("rows", Number.class).longValue();
    if (known < sample.size() && waited > setup.indexWait().toMillis()) {
      throw new Problem(
          ProblemKind.UNAVAILABLE,
          "the search index "
              + migration.target().index()
              + " knows "
              + known
              + " of "
              + sample.size()
              + " memories after "
              + setup.indexWait().toMillis()
              + " ms (mongo.index-wait-millis)");
    }
    return migration.goesOn() && known < sample.size();
  }

  /** Nothing yet. */
  public List<Document> none() {
    return List.of();
  }

  /**
   * Passes on when no more texts are without a vector than may be.
   *
   * @throws Problem CONFLICT with what was refused; UNAVAILABLE when memories have come without a
   *     vector meanwhile: another run embeds them
   */
  public void gate(Migration migration, long missing, long refused, List<Document> named) {
    if (missing > 0) {
      throw new Problem(
          ProblemKind.UNAVAILABLE,
          missing + " memories were stored without a vector in " + migration.target().id());
    }
    if (refused > settings.maxRefused()) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "space "
              + migration.target().id()
              + " is not switched to: the texts of "
              + refused
              + " memories are refused by its embedder (reembed.max-refused "
              + settings.maxRefused()
              + "); among them "
              + named.stream().map(row -> row.getString("_id")).toList());
    }
    migration.verified("counts are equal");
  }

  /** Command: takes the marks off the rows whose texts were refused before this job. */
  public Document forgiveCommand(Migration migration) {
    String mark = Lacking.refusal(migration.target());
    return new Document("update", SpaceSetup.MEMORIES)
        .append(
            "updates",
            List.of(
                new Document("q", new Document(mark, true))
                    .append("u", new Document("$unset", new Document(mark, "")))
                    .append("multi", true)));
  }

  /** Pipeline: some memories whose texts are refused. */
  public List<Bson> refusedPipeline(Migration migration) {
    return List.of(
        new Document("$match", new Document(Lacking.refusal(migration.target()), true)),
        new Document("$limit", 20),
        new Document("$project", new Document("_id", 1)));
  }

  /**
   * What keeps a space that was good a moment ago from becoming the active one may pass: its
   * embedder is away, a memory came without a vector, another switch came first. All of it is
   * looked at again.
   *
   * @throws Problem always, UNAVAILABLE in these cases
   */
  public void notSwitched(Throwable thrown) {
    Problem problem = Diagnosis.of(thrown);
    throw problem.kind() == ProblemKind.CONFLICT
        ? new Problem(ProblemKind.UNAVAILABLE, problem.getMessage(), thrown)
        : problem;
  }

  /** All is done. */
  public void finish(Migration migration, SpaceList stored) {
    if (!migration.goesOn()) {
      return;
    }
    boolean active = migration.target().id().equals(stored.active());
    migration
        .run()
        .finish(
            new Document("space", migration.target().id())
                .append("state", active ? "active" : "ready")
                .append("previous", stored.previous())
                .append("verified", migration.verified()));
  }
}
