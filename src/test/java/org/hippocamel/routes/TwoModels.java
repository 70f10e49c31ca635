package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;

/**
 * A bundle between its embedded store and two scripted TEIs: the model in use, and one to move to.
 * Its folder outlives {@link #restart}.
 */
final class TwoModels implements AutoCloseable {
  static final String OLD = "bge-small-en-v1_5-384";
  static final String NEW = "other-model-256";

  private final Path folder = RunningBundle.newFolder();
  private final StubTei old = new StubTei();
  private final StubTei next;
  private final Map<String, String> overrides;
  private final Clock clock;
  private final Set<StubTei> stopped = new HashSet<>();
  private RunningBundle bundle;

  private TwoModels(StubTei.Options options, Map<String, String> overrides, Clock clock) {
    this.next = new StubTei(options);
    this.overrides = overrides;
    this.clock = clock;
  }

  static StubTei.Options other() {
    return StubTei.Options.defaults().withModelId("org/other-model").withDimensions(256);
  }

  static TwoModels open(Map<String, String> overrides) {
    return open(other(), overrides);
  }

  static TwoModels open(StubTei.Options next, Map<String, String> overrides) {
    return open(next, overrides, Clock.systemUTC());
  }

  static TwoModels open(StubTei.Options next, Map<String, String> overrides, Clock clock) {
    TwoModels both = new TwoModels(next, overrides, clock);
    try {
      both.start(Map.of());
      return both;
    } catch (RuntimeException e) {
      both.close();
      throw e;
    }
  }

  private void start(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("next.tei.url", next.url());
    settings.put("spaces.watch-millis", "50");
    settings.put("spaces.patience-millis", "1000");
    settings.put("job.heartbeat-millis", "100");
    settings.put("job.lease-millis", "2000");
    settings.put("job.retry-millis", "200");
    settings.put("reembed.slice-rows", "10");
    settings.put("reembed.portion-rows", "4");
    settings.put("reembed.slices-at-once", "2");
    settings.put("job.poll-millis", "50");
    settings.putAll(overrides);
    settings.putAll(more);
    bundle = RunningBundle.start(folder, StubbedBundle.settings(old, settings), clock);
    try {
      bundle.bundle().open();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops, and starts on what was stored, with other settings. */
  void restart(Map<String, String> more) {
    bundle.bundle().close();
    start(more);
  }

  /**
   * As just opened, for tests that share a bundle: nothing stored, one space, both models there.
   */
  void fresh() {
    List.copyOf(stopped).forEach(this::restart);
    for (StubTei one : List.of(old, next)) {
      one.heal();
      one.forgetCalls();
    }
    for (String name : List.of("memories", "jobs", "reembed_slices")) {
      bundle.collection(name).deleteMany(new Document());
    }
    activate(OLD, null);
    // The last order is of a job that has just been deleted.
    bundle
        .collection("spaces")
        .updateOne(
            new Document("_id", "~active"),
            new Document("$unset", new Document("job", "").append("job_at", "")));
    bundle
        .collection("spaces")
        .deleteMany(new Document("_id", new Document("$nin", List.of("~active", OLD))));
    if (indexes().contains("vector_" + NEW)) {
      command(new Document("dropSearchIndex", "memories").append("name", "vector_" + NEW));
    }
    await().until(() -> spaces().equals(List.of(OLD)) && bundle.get("/health").status() == 200);
  }

  /** The spaces as the bundle shows them, the active one first. */
  List<String> spaces() {
    List<String> ids = new ArrayList<>();
    bundle.get("/v1/spaces").json().get("spaces").forEach(one -> ids.add(one.get("id").asText()));
    return ids;
  }

  /** The search indexes there are. */
  Set<String> indexes() {
    Set<String> names = new HashSet<>();
    listed().forEach(index -> names.add(index.getString("name")));
    return names;
  }

  private List<Document> listed() {
    return bundle
        .collection("memories")
        .aggregate(List.of(new Document("$listSearchIndexes", new Document())))
        .into(new ArrayList<>());
  }

  private void command(Document command) {
    bundle
        .bundle()
        .store()
        .getDatabase(bundle.bundle().settings().mongo().database())
        .runCommand(command);
  }

  /** One of the models goes away, until {@link #restart} or {@link #fresh}. */
  void stop(StubTei model) {
    model.stop();
    stopped.add(model);
  }

  void restart(StubTei model) {
    model.restartOnSamePort();
    stopped.remove(model);
  }

  StubTei old() {
    return old;
  }

  StubTei next() {
    return next;
  }

  RunningBundle bundle() {
    return bundle;
  }

  /** As a re-embedding would begin: a row that says what is being built, and its index. */
  void building(String state) {
    Document made =
        new Document("_id", NEW)
            .append("model_id", "org/other-model")
            .append("revision", null)
            .append("pooling", "cls")
            .append("dimensions", 256)
            .append("normalised", true)
            .append("query_instruction", "")
            .append("state", state)
            .append("created_at", new Date());
    bundle.collection("spaces").insertOne(made);
    Document index =
        listed().stream()
            .filter(one -> one.getString("name").equals("vector_" + OLD))
            .findFirst()
            .orElseThrow();
    Document definition = index.get("latestDefinition", Document.class);
    Document vector = definition.getList("fields", Document.class).get(0);
    vector.append("path", "vectors." + NEW).append("numDimensions", 256);
    command(
        new Document("createSearchIndexes", "memories")
            .append(
                "indexes",
                List.of(
                    new Document("name", "vector_" + NEW)
                        .append("type", "vectorSearch")
                        .append("definition", definition))));
  }

  void state(String space, String state) {
    bundle
        .collection("spaces")
        .updateOne(new Document("_id", space), new Document("$set", new Document("state", state)));
  }

  /** As a switch by another process. */
  void activate(String space, String previous) {
    bundle
        .collection("spaces")
        .updateOne(
            new Document("_id", "~active"),
            new Document("$set", new Document("space", space).append("previous", previous))
                .append("$inc", new Document("epoch", 1L)));
  }

  Document row(String id) {
    return bundle.collection("memories").find(new Document("_id", "default:" + id)).first();
  }

  /** The spaces that a stored row has vectors in. */
  Set<String> vectors(String id) {
    return row(id).get("vectors", Document.class).keySet();
  }

  @Override
  public void close() {
    if (bundle != null) {
      bundle.bundle().close();
    }
    old.close();
    next.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
