package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.bench.StubTei;
import org.hippocamel.drill.AnsweredSet.Answers;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.own.MiniLm;

/**
 * Moves memories from bge-small to MiniLM while clients search and write, and looks whether any of
 * them noticed: failed queries, empty answers, answers from a space that is not complete, writes
 * that are missing in one of the spaces. Asks a labelled set before, at a quarter, a half and three
 * quarters of the way, after the switch and after the way back: each answer must be that of one of
 * the two ends. Tells latencies before, during and after, and the rate beside the embedder's own
 * limit, measured on the same texts alone and beside the same clients.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}, with the test class path: {@code
 * org.hippocamel.drill.MigrationDrill [memories=2000] [readers=8] [writers=4] [seconds=10]
 * [data=DIR] [queries=200] [limit-texts=1000] [slice=500] [hands=3] [pause=false] [stub=false]}.
 * {@code data} is a set in BEIR's layout instead of one made here; {@code hands} are the slices at
 * once; {@code seconds} are measured before and after; with {@code pause} the job stands still
 * while the set is asked, which a small run needs and the time of the whole suffers from; with
 * {@code stub} both models are scripted and the figures of embedder and set mean nothing. Ends with
 * 1 when something is not as it should be.
 */
public final class MigrationDrill {
  private static final List<Integer> POINTS = List.of(25, 50, 75);
  private static final Set<String> ENDED = Set.of("done", "failed", "cancelled");

  /** Searches among many memories are approximate. */
  private static final double SAME_NDCG = 0.001;

  private final Arguments given;
  private final int memories;
  private final AnsweredSet set;
  private final BundleProcess bundle;
  private final String next;
  private final RestClient rest;
  private final Map<String, Answers> asked = new LinkedHashMap<>();

  private MigrationDrill(Arguments given, AnsweredSet set, BundleProcess bundle, String next) {
    this.given = given;
    this.memories = given.number("memories", 2_000);
    this.set = set;
    this.bundle = bundle;
    this.next = next;
    this.rest = new RestClient(bundle.rest(), "", "");
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    Path folder = Files.createTempDirectory("migration-drill");
    BundleProcess.install(folder);
    boolean good;
    if (Boolean.parseBoolean(given.text("stub", "false"))) {
      StubTei.Options other =
          StubTei.Options.defaults()
              .withModelId("acme/all-MiniLM-L6-v2")
              .withDimensions(256)
              .withServiceMillis(10)
              .withoutMemory();
      try (StubTei old = new StubTei(StubTei.Options.defaults().withoutMemory());
          StubTei next = new StubTei(other)) {
        good = run(given, folder, Map.of("TEI_URL", old.url(), "NEXT_TEI_URL", next.url()));
      }
    } else {
      try (EmbeddedTei next = MiniLm.start(folder)) {
        good = run(given, folder, Map.of("NEXT_TEI_URL", next.url()));
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean run(Arguments given, Path folder, Map<String, String> environment)
      throws Exception {
    AnsweredSet set = AnsweredSet.of(given.text("data", ""), given.number("queries", 200));
    try (BundleProcess bundle =
        BundleProcess.start(
            folder,
            environment,
            "-Dreembed.slice-rows=" + given.number("slice", 500),
            "-Dreembed.slices-at-once=" + given.number("hands", 3))) {
      return new MigrationDrill(given, set, bundle, environment.get("NEXT_TEI_URL")).run();
    }
  }

  private boolean run() throws Exception {
    rest.store(lines(), 100);
    set.store(rest);
    say("%d memories, and a set: %s", memories, set.describe());
    List<String> texts = limitTexts();
    double alone = EmbedderLimit.textsPerSecond(next, texts);
    String old = space();
    MigrationClients clients =
        new MigrationClients(
            rest, memories, given.number("readers", 8), given.number("writers", 4), "before");
    pause(given.number("seconds", 10));
    clients.phase("measuring the embedder");
    double beside = EmbedderLimit.textsPerSecond(next, texts);
    clients.phase("asking the set");
    asked.put("0 %", set.ask(rest));
    JsonNode done = moved(clients, alone, beside);
    asked.put("100 %", set.ask(rest));
    clients.phase("after");
    pause(given.number("seconds", 10));
    clients.stop();
    for (String phase : List.of("before", "during", "after")) {
      say("%s", clients.latency(phase));
    }
    say(
        "%d searches, %d of them and of the writes failed, %d empty; answered by %s",
        clients.queries(), clients.failures(), clients.empty(), clients.answeredBy());
    String now = space();
    long lacking = lacking(clients.written(), old, now);
    say(
        "switched from %s to %s; of %d rows written meanwhile and %d others %d lack a vector in one"
            + " of them",
        old, now, clients.written().size(), memories + set.texts().size(), lacking);
    back(old);
    return done.path("state").asText().equals("done")
        && clients.failures() + clients.empty() + lacking == 0
        && !old.equals(now)
        && Set.of(old, now).containsAll(clients.answeredBy().keySet())
        && answersAreThoseOfOneEnd();
  }

  private JsonNode moved(MigrationClients clients, double alone, double beside) throws Exception {
    boolean pauses = Boolean.parseBoolean(given.text("pause", "false"));
    clients.phase("during");
    long began = System.nanoTime();
    String job = "/v1/jobs/" + post("/v1/reembed", "{}", 202).get("id").asText();
    MigrationProgress progress = new MigrationProgress(bundle.store());
    try (progress) {
      for (int point : POINTS) {
        long rows = (memories + set.texts().size()) * (long) point / 100;
        while (progress.done() < rows && !ENDED.contains(state(job))) {
          Thread.sleep(20);
        }
        if (pauses) {
          progress.paused(true);
          rest.post(job + "/pause", "");
        }
        asked.put(point + " %", set.ask(rest));
        if (pauses) {
          rest.post(job + "/resume", "");
          progress.paused(false);
        }
      }
      while (!ENDED.contains(state(job))) {
        Thread.sleep(100);
      }
    }
    JsonNode done = rest.get(job).json();
    say("job: %s", done);
    say(
        "moved in %.1f s, %.0f texts/s from the first portion to the last; the embedder by itself:"
            + " %.0f texts/s alone, %.0f beside the clients",
        (System.nanoTime() - began) / 1e9, progress.textsPerSecond(), alone, beside);
    return done;
  }

  /** Goes back to the old space and asks once more. */
  private void back(String old) {
    post("/v1/spaces/" + old + "/activate", "", 200);
    asked.put("after the way back", set.ask(rest));
  }

  private boolean answersAreThoseOfOneEnd() {
    Answers start = asked.get("0 %");
    Answers end = asked.get("100 %");
    boolean good = start.by().size() == 1 && end.by().size() == 1 && !start.by().equals(end.by());
    for (Map.Entry<String, Answers> one : asked.entrySet()) {
      Answers now = one.getValue();
      say(
          "%s: nDCG@10 %.4f, answered by %s, %d of %d queries as at that space's end",
          one.getKey(), now.ndcg(), now.by(), now.asAt(start, end), now.found().size());
      // Where the switch came in between, each query is that of an end; the mean is of neither.
      good &=
          now.by().size() > 1
              ? now.asAt(start, end) == now.found().size()
              : Math.abs(now.ndcg() - (now.by().equals(start.by()) ? start : end).ndcg())
                  <= SAME_NDCG;
    }
    return good && asked.get("after the way back").by().equals(start.by());
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < memories; i++) {
      lines.add(RestClient.json(Map.of("id", "m" + i, "agent_id", "old", "text", text(i))));
    }
    return lines;
  }

  /** What is moved, as far as it is enough to see how fast the embedder is. */
  private List<String> limitTexts() {
    List<String> texts = new ArrayList<>(set.texts());
    for (int i = 0; i < memories; i++) {
      texts.add(text(i));
    }
    java.util.Collections.shuffle(texts, new java.util.Random(1));
    return texts.subList(0, Math.min(given.number("limit-texts", 1_000), texts.size()));
  }

  static String text(int i) {
    return "customer %d asked for article %d in colour %s"
        .formatted(
            i,
            i * 7 % 1_000,
            List.of("red", "green", "blue", "yellow", "black").get(Math.floorMod(i, 5)));
  }

  /** Rows that lack a vector in one of the spaces, and writes that are not there. */
  private long lacking(List<String> written, String old, String now) {
    try (MongoClient store = MongoClients.create(bundle.store())) {
      MongoCollection<Document> rows = store.getDatabase("hippocamel").getCollection("memories");
      long gone =
          written.stream()
              .filter(key -> rows.countDocuments(new Document("_id", key)) == 0)
              .count();
      Document absent = new Document("$exists", false);
      return gone
          + rows.countDocuments(new Document("vectors." + old, absent))
          + rows.countDocuments(new Document("vectors." + now, absent));
    }
  }

  private String space() {
    return rest.get("/v1/spaces").json().at("/spaces/0/id").asText();
  }

  private String state(String job) {
    return rest.get(job).json().path("state").asText();
  }

  private JsonNode post(String path, String body, int status) {
    RestClient.Answer reply = rest.post(path, body);
    if (reply.status() != status) {
      throw new IllegalStateException(path + " " + reply);
    }
    return reply.json();
  }

  private static void pause(int seconds) throws InterruptedException {
    Thread.sleep(1_000L * seconds);
  }

  private static void say(String what, Object... values) {
    System.out.println(String.format(Locale.ROOT, what, values));
  }
}
