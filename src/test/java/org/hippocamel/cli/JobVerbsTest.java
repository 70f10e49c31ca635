package org.hippocamel.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Long work of a running bundle, from the command line. */
class JobVerbsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static StubTei tei;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    tei = new StubTei();
    bundle =
        RunningBundle.open(
            Map.of(
                "tei.url", tei.url(),
                "job.heartbeat-millis", "30",
                "job.stream-millis", "30",
                "job.max-streams", "1",
                "ingest.groups-at-once", "1"));
  }

  @AfterAll
  static void close() {
    bundle.close();
    tei.close();
  }

  @AfterEach
  void fast() {
    tei.play();
  }

  /** {@code jobs ... --url ...}. */
  private static Ran jobs(String... words) {
    List<String> all = new ArrayList<>(List.of("jobs"));
    all.addAll(Arrays.asList(words));
    all.addAll(List.of("--url", bundle.bundle().url()));
    return Ran.of(all.toArray(String[]::new));
  }

  /** Drops a file of so many lines and waits until it is a job. */
  private static String drop(String name, int lines, String more) throws IOException {
    String content =
        IntStream.range(0, lines)
            .mapToObj(n -> "{\"text\": \"%s %d\"}\n".formatted(name, n))
            .collect(Collectors.joining());
    Files.writeString(bundle.inbox().resolve(name), content + more);
    return await().until(() -> id(name), found -> !found.isEmpty());
  }

  private static String id(String name) throws IOException {
    for (JsonNode job : JSON.readTree(jobs("--json").out()).path("jobs")) {
      if (job.at("/parameters/file").asText().equals(name)) {
        return job.get("id").asText();
      }
    }
    return "";
  }

  @Test
  void follow_showsProgressAndThenTheJob() throws Exception {
    tei.play("always slow 50ms");
    String id = drop("followed.jsonl", 300, "");
    Ran ran = jobs("show", "--follow", id);
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.err().startsWith("file followed.jsonl is running"), ran.err());
    assertTrue(ran.out().startsWith("file followed.jsonl is done, 300 of 300 lines\n"), ran.out());
    assertTrue(ran.out().contains("  Id          " + id + "\n"), ran.out());
    assertTrue(ran.out().contains("  Result      {"), ran.out());
    Ran list = jobs("--kind", "file", "--state", "done");
    assertTrue(list.out().startsWith("ID "), list.out());
    assertTrue(list.out().contains("followed.jsonl, 300 of 300 lines"), list.out());
  }

  @Test
  void follow_asJsonPrintsALineForEachChange() throws Exception {
    tei.play("always slow 50ms");
    String id = drop("changes.jsonl", 300, "");
    Ran ran = jobs("show", "--follow", "--json", id);
    assertEquals(0, ran.code(), ran.err());
    List<String> lines = ran.out().lines().toList();
    assertTrue(lines.size() > 2, ran.out());
    assertEquals("done", JSON.readTree(lines.get(lines.size() - 1)).get("state").asText());
    assertEquals(lines.size(), lines.stream().distinct().count());
    assertEquals("", ran.err());
  }

  @Test
  void follow_asksInsteadOfListening_whereTooManyListen() throws Exception {
    tei.play("always slow 100ms");
    String id = drop("crowded.jsonl", 400, "");
    HttpRequest watch =
        HttpRequest.newBuilder(URI.create(bundle.bundle().url() + "/v1/jobs/" + id))
            .header("Accept", "text/event-stream")
            .build();
    HttpResponse<InputStream> first =
        HttpClient.newHttpClient().send(watch, HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, first.statusCode());
    Ran ran = jobs("show", "--follow", id);
    first.body().close();
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("is done, 400 of 400 lines"), ran.out());
  }

  @Test
  void follow_ofAJobThatCouldNotDoAllEndsWithOne() throws Exception {
    String id = drop("faulty.jsonl", 2, "{\"text\": 7}\n");
    Ran ran = jobs("show", "--follow", id);
    assertEquals(1, ran.code(), ran.out());
    assertTrue(ran.out().contains("3 of 3 lines, 1 failed"), ran.out());
    assertTrue(ran.out().contains("  Fault       line 3: "), ran.out());
  }

  @Test
  void cancel_endsAJobThatSomebodyFollows() throws Exception {
    tei.play("always slow 100ms");
    String id = drop("endless.jsonl", 3_000, "");
    CompletableFuture<Ran> following =
        CompletableFuture.supplyAsync(() -> jobs("show", "--follow", id));
    Ran paused = jobs("pause", id);
    assertEquals(3, paused.code());
    assertTrue(paused.err().contains("answered 409: "), paused.err());
    Ran cancelled = jobs("cancel", id);
    assertEquals(0, cancelled.code(), cancelled.err());
    assertTrue(cancelled.out().startsWith("file endless.jsonl is cancel"), cancelled.out());
    Ran followed = following.join();
    assertEquals(1, followed.code(), followed.err());
    assertTrue(followed.out().startsWith("file endless.jsonl is cancelled"), followed.out());
  }

  @Test
  void list_ofNothingSaysSo() {
    Ran ran = jobs("--kind", "reembed");
    assertEquals(0, ran.code(), ran.err());
    assertEquals("", ran.out());
    assertTrue(ran.err().contains("no jobs"), ran.err());
  }

  @Test
  void list_saysHowToGoOn() throws Exception {
    drop("page-1.jsonl", 1, "");
    drop("page-2.jsonl", 1, "");
    Ran ran = jobs("--limit", "1");
    assertTrue(ran.err().startsWith("there are more: --after "), ran.err());
    Ran next = jobs("--limit", "1", "--after", ran.err().strip().split("--after ")[1]);
    assertEquals(0, next.code(), next.err());
    assertEquals(2, next.out().lines().count(), next.out());
  }

  @Test
  void refusals_endWithThreeAndTheServersWords() {
    Ran missing = jobs("show", "--follow", "nobody");
    assertEquals(3, missing.code());
    assertTrue(missing.err().contains("no job with id \"nobody\""), missing.err());
    assertEquals(3, jobs("resume", "nobody").code());
    Ran state = jobs("--state", "tired");
    assertEquals(3, state.code());
    assertTrue(state.err().contains("tired"), state.err());
    Ran away = Ran.of("jobs", "show", "--follow", "7", "--url", "http://127.0.0.1:1");
    assertEquals(3, away.code());
    assertTrue(away.err().contains("HIPPOCAMEL_URL names another"), away.err());
  }

  @Test
  void progress_isOneLineOnATerminal_andSeldomElsewhere() throws Exception {
    JsonNode job =
        JSON.readTree(
            """
            {"id": "7", "kind": "file", "state": "running", "unit": "lines", "total": 1000,
             "done": 390, "skipped": 0, "failed": 10, "rate": 6, "parameters": {"file": "a.md"}}
            """);
    String line = "file a.md is running, 400 of 1,000 lines, 10 failed, 6.0/s, 1 min 40 s left";
    Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    StringWriter drawn = new StringWriter();
    JobProgressLine terminal = new JobProgressLine(new PrintWriter(drawn), true, still);
    terminal.at(job);
    terminal.at(job);
    terminal.end();
    assertEquals(("\r\u001b[K" + line).repeat(2) + "\r\u001b[K", drawn.toString());
    StringWriter written = new StringWriter();
    JobProgressLine elsewhere = new JobProgressLine(new PrintWriter(written), false, still);
    elsewhere.at(job);
    elsewhere.at(job);
    elsewhere.end();
    assertEquals(line + "\n", written.toString().replace("\r\n", "\n"));
  }
}
