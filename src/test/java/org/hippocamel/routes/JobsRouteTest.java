package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dropped files as jobs, over REST: progress, lists, cancelling, watching, and who may. */
class JobsRouteTest {
  private static final String READER = "key-of-acme-reader";
  private static final String WRITER = "key-of-acme-writer";
  private static final String BETA = "key-of-beta-admin";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() throws IOException {
    Path folder = RunningBundle.newFolder();
    Path keys =
        TestKeys.file(
            folder,
            TestKeys.line(READER, "acme", "reader"),
            TestKeys.line(WRITER, "acme", "writer"),
            TestKeys.line(BETA, "beta", "admin"));
    stubbed =
        StubbedBundle.open(
            folder,
            Map.of(
                "api.keys-file", keys.toString(),
                "inbox.tenant", "acme",
                "job.heartbeat-millis", "40",
                "job.stream-millis", "30",
                "job.sweep-millis", "100",
                "job.max-streams", "3",
                "embed.ingest-deadline-millis", "1000"));
    bundle = stubbed.bundle();
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  @AfterAll
  static void close() {
    Awaitility.reset();
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @Test
  void file_isAJobThatItsSourceNames() {
    drop("guide.md", "# One\n\nFirst.\n\n# Two\n\nSecond.\n");
    JsonNode job = ended("guide.md");
    assertEquals("done", job.get("state").asText(), job.toString());
    assertEquals("file", job.get("kind").asText());
    assertEquals("passages", job.get("unit").asText());
    assertEquals(2, job.get("total").asInt());
    assertEquals(2, job.get("done").asInt());
    assertEquals(1, job.get("attempts").asInt());
    assertEquals("done/guide.md", job.at("/result/moved_to").asText());
    assertFalse(job.has("process"), "nobody works on it any more");
    assertFalse(job.has("tenant"));
    String linked =
        bundle.collection("sources").find(eq("uri", "guide.md")).first().getString("job_id");
    assertEquals(job.get("id").asText(), linked);
    JsonNode sources = get("/v1/sources?limit=1000").json().get("sources");
    assertTrue(
        stream(sources).anyMatch(source -> source.path("job_id").asText().equals(linked)),
        sources.toString());
  }

  @Test
  void file_countsItsLines_eachOnce() {
    drop(
        "mixed.jsonl",
        """
        {"text": "kept"}
        {"text": "also kept"}

        {"text":
        """);
    JsonNode job = ended("mixed.jsonl");
    assertEquals("failed", job.get("state").asText());
    assertEquals("lines", job.get("unit").asText());
    assertEquals(3, job.get("total").asInt(), "the blank line was counted beforehand only");
    assertEquals(2, job.get("done").asInt());
    assertEquals(1, job.get("failed").asInt());
    assertTrue(job.at("/errors/0").asText().startsWith("line 4: "), job.toString());
    assertEquals(
        "1 records are not stored; failed/mixed.jsonl.error.json names them",
        job.get("reason").asText());
    drop("mixed.jsonl", "{\"text\": \"kept\"}\n{\"text\": \"also kept\"}\n{\"text\": \"new\"}\n");
    await().until(() -> jobs("mixed.jsonl").size() == 2);
    JsonNode again = ended("mixed.jsonl");
    assertEquals("done", again.get("state").asText());
    assertEquals(1, again.get("done").asInt());
    assertEquals(2, again.get("skipped").asInt());
  }

  @Test
  void list_isPagedNewestFirst_andFiltered() {
    for (String name : List.of("p1.txt", "p2.txt", "p3.txt")) {
      drop(name, name);
      ended(name);
    }
    List<String> all = ids(get("/v1/jobs?limit=1000").json());
    List<String> paged = new ArrayList<>();
    String after = "";
    while (after != null) {
      JsonNode page = get("/v1/jobs?limit=2" + after).json();
      paged.addAll(ids(page));
      after = page.has("next") ? "&after=" + page.get("next").asText() : null;
    }
    assertEquals(all, paged);
    List<String> names =
        jobs("p").stream().map(job -> job.at("/parameters/file").asText()).toList();
    assertEquals(List.of("p3.txt", "p2.txt", "p1.txt"), names);
    assertFalse(get("/v1/jobs?state=done").json().at("/jobs/0").has("result"));
    assertEquals(List.of(), ids(get("/v1/jobs?kind=evaluation").json()));
    stream(get("/v1/jobs?kind=file&state=done").json().get("jobs"))
        .forEach(job -> assertEquals("done", job.get("state").asText()));
    Refusal.field("/kind", "one of file", get("/v1/jobs?kind=task"));
    Refusal.field("/state", "one of queued", get("/v1/jobs?state=over"));
    Refusal.field("/limit", "from 1 to 1000", get("/v1/jobs?limit=0"));
    Refusal.field("/after", "the page before", get("/v1/jobs?after=x"));
  }

  @Test
  void cancel_endsAFileInTheMiddle() {
    stubbed.tei().play("always slow 150ms");
    drop("long.jsonl", lines("long", 2_000));
    JsonNode running = await().until(() -> job("long.jsonl"), JobsRouteTest::worksVisibly);
    String path = "/v1/jobs/" + running.get("id").asText();
    assertEquals("embedded", running.get("process").asText());
    assertTrue(running.get("rate").asDouble() > 0, running.toString());
    Refusal.of(ProblemKind.CONFLICT, post(path + "/pause", WRITER));
    Refusal.of(ProblemKind.FORBIDDEN, post(path + "/cancel", READER));
    Refusal.of(ProblemKind.NOT_FOUND, post(path + "/cancel", BETA));
    assertEquals("cancelling", post(path + "/cancel", WRITER).json().get("state").asText());
    JsonNode job = ended("long.jsonl");
    assertEquals("cancelled", job.get("state").asText(), job.toString());
    assertTrue(job.get("done").asInt() < 2_000, job.toString());
    assertEquals(0, job.get("failed").asInt(), "what was not tried has not failed");
    assertFalse(job.has("reason"));
    await().until(() -> Files.exists(bundle.inbox().resolve("failed/long.jsonl.error.json")));
    assertTrue(read("failed/long.jsonl.error.json").contains("was cancelled"));
    assertEquals(
        "job \"" + job.get("id").asText() + "\" is cancelled and cannot be resumed",
        Refusal.of(ProblemKind.CONFLICT, post(path + "/resume", WRITER)));
  }

  @Test
  void file_movedBackIsTheSameJobAgain() throws IOException {
    stubbed.tei().fail(text -> text.contains("poison"), 422, "{\"error\":\"no\"}");
    drop("again.txt", "poison, but only today");
    JsonNode failed = ended("again.txt");
    assertEquals("failed", failed.get("state").asText());
    await().until(() -> Files.exists(bundle.inbox().resolve("failed/again.txt")));
    stubbed.fresh();
    Files.move(
        bundle.inbox().resolve("failed/again.txt"),
        bundle.inbox().resolve("again.txt"),
        StandardCopyOption.ATOMIC_MOVE);
    await().until(() -> job("again.txt"), job -> job.get("state").asText().equals("done"));
    JsonNode done = job("again.txt");
    assertEquals(failed.get("id"), done.get("id"));
    assertEquals(1, jobs("again.txt").size());
    assertFalse(done.has("reason"), done.toString());
    assertEquals(1, done.get("done").asInt());
  }

  private static boolean worksVisibly(JsonNode job) {
    return job != null && job.get("done").asInt() > 0 && job.get("total").asInt() == 2_000;
  }

  @Test
  void file_thatWaitsForTheEmbedderSaysSo() {
    stubbed.tei().stop();
    try {
      drop("waiting.txt", "I can wait.");
      await().until(() -> job("waiting.txt") != null && job("waiting.txt").has("reason"));
      JsonNode job = job("waiting.txt");
      assertTrue(job.get("reason").asText().contains("tei.url"), job.toString());
      assertFalse(job.has("finished_at"));
    } finally {
      stubbed.tei().restartOnSamePort();
    }
    JsonNode job = ended("waiting.txt");
    assertEquals("done", job.get("state").asText(), job.toString());
    assertNull(job.get("reason"), "that is over");
    assertEquals(1, jobs("waiting.txt").size(), "it is the same file");
  }

  @Test
  void tenants_seeNothingOfEachOther() {
    drop("secret.txt", "secret");
    String path = "/v1/jobs/" + ended("secret.txt").get("id").asText();
    assertEquals(200, get(path).status());
    assertEquals("{\"jobs\":[]}", bundle.get("/v1/jobs", bearer(BETA)).response().body());
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get(path, bearer(BETA)));
    Refusal.of(ProblemKind.UNAUTHORISED, bundle.get(path));
    Refusal.of(
        ProblemKind.NOT_FOUND,
        bundle.get(path, "Authorization", "Bearer " + BETA, "Accept", "text/event-stream"));
    Refusal.of(ProblemKind.UNAUTHORISED, bundle.get(path, "Accept", "text/event-stream"));
  }

  @Test
  void watching_showsAJobUntilItEnds() throws Exception {
    stubbed.tei().play("always slow 100ms");
    drop("watched.jsonl", lines("watched", 600));
    JsonNode job = await().until(() -> job("watched.jsonl"), found -> found != null);
    List<JsonNode> events = new ArrayList<>();
    try (Stream<String> lines = watch(job.get("id").asText())) {
      lines
          .filter(line -> line.startsWith("data: "))
          .forEach(line -> events.add(json(line.substring("data: ".length()))));
    }
    assertTrue(events.size() > 2, events.toString());
    assertEquals("running", events.get(0).get("state").asText());
    JsonNode last = events.get(events.size() - 1);
    assertEquals("done", last.get("state").asText());
    assertEquals(600, last.get("done").asInt());
    assertEquals(get("/v1/jobs/" + job.get("id").asText()).json(), last);
  }

  @Test
  void watchers_areBounded_andLeaveRoomWhenTheyGo() throws Exception {
    stubbed.tei().play("always slow 200ms");
    drop("crowded.jsonl", lines("crowded", 1_000));
    String id =
        await().until(() -> job("crowded.jsonl"), found -> found != null).get("id").asText();
    List<Stream<String>> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(watch(id));
    }
    Answer fourth =
        bundle.get(
            "/v1/jobs/" + id, "Authorization", "Bearer " + READER, "Accept", "text/event-stream");
    assertTrue(
        Refusal.of(ProblemKind.OVERLOADED, fourth).contains("(job.max-streams)"),
        fourth.response().body());
    open.get(0).close();
    await()
        .untilAsserted(
            () -> {
              try (Stream<String> again = watch(id)) {
                assertTrue(again.findFirst().isPresent());
              }
            });
    post("/v1/jobs/" + id + "/cancel", WRITER);
    open.stream().skip(1).forEach(Stream::close);
  }

  @ParameterizedTest
  @CsvSource({
    "hippocamel_jobs, 'kind=\"file\"', 'state=\"done\"'",
    "hippocamel_job_items_total, 'kind=\"file\"', 'outcome=\"done\"'"
  })
  void metrics_countJobsAndItems(String name, String kind, String label) {
    drop(name + ".txt", name);
    ended(name + ".txt");
    await()
        .untilAsserted(
            () ->
                assertTrue(
                    metrics()
                        .lines()
                        .filter(line -> line.startsWith(name + "{"))
                        .filter(line -> line.contains(kind) && line.contains(label))
                        .anyMatch(line -> Double.parseDouble(line.split(" ")[1]) >= 1)));
  }

  private static String metrics() throws Exception {
    URI metrics = URI.create(bundle.bundle().managementUrl() + "/observe/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Stream<String> watch(String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(bundle.bundle().url() + "/v1/jobs/" + id))
            .headers("Authorization", "Bearer " + READER, "Accept", "text/event-stream")
            .build();
    HttpResponse<Stream<String>> reply =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(request, HttpResponse.BodyHandlers.ofLines());
    if (reply.statusCode() != 200) {
      throw new AssertionError(reply.statusCode());
    }
    assertEquals("text/event-stream", reply.headers().firstValue("Content-Type").orElseThrow());
    return reply.body();
  }

  private static String[] bearer(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  private static Answer get(String path) {
    return bundle.get(path, bearer(READER));
  }

  private static Answer post(String path, String key) {
    return bundle.post(path, "", bearer(key));
  }

  private static List<JsonNode> jobs(String prefix) {
    return stream(get("/v1/jobs?limit=1000").json().get("jobs"))
        .filter(job -> job.at("/parameters/file").asText().startsWith(prefix))
        .toList();
  }

  /** The newest job of a file with its result, or null. */
  private static JsonNode job(String file) {
    return jobs(file).stream()
        .findFirst()
        .map(job -> get("/v1/jobs/" + job.get("id").asText()).json())
        .orElse(null);
  }

  private static JsonNode ended(String file) {
    return await().until(() -> job(file), job -> job != null && job.has("finished_at"));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(array::get);
  }

  private static List<String> ids(JsonNode page) {
    return stream(page.get("jobs")).map(job -> job.get("id").asText()).toList();
  }

  private static String lines(String word, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"text\": \"" + word + " " + i + "\"}\n")
        .collect(Collectors.joining());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String name) {
    try {
      return Files.readString(bundle.inbox().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drop(String name, String content) {
    try {
      Path half = Files.writeString(bundle.inbox().resolve(name + ".part"), content);
      Files.move(half, bundle.inbox().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
