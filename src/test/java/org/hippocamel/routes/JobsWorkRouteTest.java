package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.hippocamel.job.JobKind;
import org.hippocamel.job.JobRequest;
import org.hippocamel.job.JobRun;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of a job from its worker's side; the worker is a script of the test. */
class JobsWorkRouteTest {
  private static final AtomicReference<Consumer<JobRun>> SCRIPT = new AtomicReference<>();

  private static StubTei tei;
  private static RunningBundle bundle;
  private static ProducerTemplate template;
  private static Document zombie;

  @BeforeAll
  static void open() throws Exception {
    tei = new StubTei();
    bundle =
        RunningBundle.start(
            RunningBundle.newFolder(),
            StubbedBundle.settings(
                tei,
                Map.of(
                    "job.heartbeat-millis", "30",
                    "job.sweep-millis", "100",
                    // The jobs of these tests are taken by the tests alone.
                    "job.poll-millis", "3600000")));
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    zombie = leftByTheDead("file", "embedded", "life-before").append("attempts", 1);
    jobs().insertOne(zombie);
    CamelContext camel = bundle.bundle().camel();
    camel.getRouteController().stopRoute("reembed");
    camel.removeRoute("reembed");
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:reembed")
                .process(
                    exchange -> SCRIPT.get().accept(exchange.getVariable("run", JobRun.class)));
          }
        });
    bundle.bundle().open();
    template = camel.createProducerTemplate();
  }

  @AfterAll
  static void close() {
    Awaitility.reset();
    bundle.close();
    tei.close();
  }

  /** A row whose lease still has half a minute to run. */
  private static Document leftByTheDead(String kind, String process, String owner) {
    Date now = new Date();
    return new Document("_id", "default:" + kind)
        .append("tenant", "default")
        .append("kind", kind)
        .append("state", "running")
        .append("unit", "lines")
        .append("attempts", 1)
        .append("parameters", new Document("file", "gone.jsonl"))
        .append("created_at", now)
        .append("started_at", now)
        .append("updated_at", now)
        .append(
            "lease",
            new Document("name", process)
                .append("owner", owner)
                .append("until", Date.from(Instant.now().plusSeconds(30))));
  }

  private static MongoCollection<Document> jobs() {
    return bundle.collection("jobs");
  }

  private static Document row(Object id) {
    return jobs().find(eq("_id", id)).first();
  }

  private static Object create() {
    JobRequest request =
        new JobRequest("default", JobKind.REEMBED, null, "vectors", new Document("to", "space"));
    return template.requestBody("direct:jobs-create", request, Document.class).get("_id");
  }

  /** Has the next job of the kind done, if there is one. */
  private static void work() {
    template.send(
        "direct:jobs-work", (Exchange exchange) -> exchange.setVariable("kind", "reembed"));
  }

  private static Document work(Consumer<JobRun> script) {
    Object id = create();
    SCRIPT.set(script);
    work();
    return row(id);
  }

  @Test
  void worker_finds_whatTheJobWasMadeWith_andLeavesItsResult() {
    Document done =
        work(
            run -> {
              assertEquals("space", run.parameters().getString("to"));
              assertEquals(new Document(), run.checkpoint());
              assertTrue(run.goesOn());
              run.progress().expect(3);
              run.progress().did(2);
              run.progress().failed(1, "too long");
              run.finish(new Document("vectors", 2));
            });
    assertEquals("done", done.getString("state"));
    assertEquals(2L, done.get("done"));
    assertEquals(2, done.get("result", Document.class).get("vectors"));
    assertNull(done.get("lease", Document.class).get("owner"));
    assertTrue(done.getDate("expires_at").after(new Date()));
    SCRIPT.set(run -> run.fail(new Problem(ProblemKind.UNEXPECTED, "was called again")));
    work();
    assertEquals("done", row(done.get("_id")).getString("state"), "nobody takes it again");
  }

  @Test
  void worker_thatThrows_failsItsJob() {
    Document failed =
        work(
            run -> {
              throw new Problem(ProblemKind.CONFLICT, "the space is another one");
            });
    assertEquals("failed", failed.getString("state"));
    assertEquals("the space is another one", failed.getString("reason"));
  }

  @Test
  void worker_whoseEmbedderIsAway_isCalledAgainLater() {
    Document waiting =
        work(
            run -> {
              run.save(new Document("after", "m"));
              throw new Problem(ProblemKind.UNAVAILABLE, "away");
            });
    assertEquals("queued", waiting.getString("state"));
    assertEquals("away", waiting.getString("reason"));
    assertEquals(0, waiting.getInteger("attempts"));
    work(run -> run.finish(new Document()));
    assertEquals("queued", row(waiting.get("_id")).getString("state"), "not before retry_at");
    jobs()
        .updateOne(
            eq("_id", waiting.get("_id")), new Document("$unset", new Document("retry_at", "")));
    SCRIPT.set(run -> run.finish(run.checkpoint()));
    work();
    Document done = row(waiting.get("_id"));
    assertEquals("done", done.getString("state"));
    assertEquals("m", done.get("result", Document.class).get("after"));
    assertNull(done.get("reason"));
  }

  @Test
  void pause_letsTheWorkerLeaveOff_andResumeGoOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    SCRIPT.set(run -> untilStopped(run, begun));
    Object id = create();
    Thread worker = new Thread(JobsWorkRouteTest::work);
    worker.start();
    begun.await();
    assertEquals("paused", wish(id, "pause"));
    worker.join();
    Document paused = row(id);
    assertEquals("paused", paused.getString("state"));
    assertEquals(
        "41", paused.get("checkpoint", Document.class).get("at", Document.class).get("after"));
    work();
    assertEquals("paused", row(id).getString("state"), "nobody takes it");
    assertEquals("queued", wish(id, "resume"));
    SCRIPT.set(run -> run.finish(new Document("began_at", run.progress().count())));
    work();
    assertEquals(41L, row(id).get("result", Document.class).get("began_at"));
  }

  private static void untilStopped(JobRun run, CountDownLatch begun) {
    run.progress().did(41);
    run.save(new Document("after", "41"));
    begun.countDown();
    await().until(() -> !run.goesOn());
  }

  @Test
  void cancel_endsWhatNobodyHasBegun_andLetsAWorkerClearUp() throws Exception {
    Object unbegun = create();
    assertEquals("cancelled", wish(unbegun, "cancel"));
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger cleared = new AtomicInteger();
    SCRIPT.set(
        run -> {
          untilStopped(run, begun);
          cleared.incrementAndGet();
        });
    Object id = create();
    Thread worker = new Thread(JobsWorkRouteTest::work);
    worker.start();
    begun.await();
    assertEquals("cancelling", wish(id, "cancel"));
    worker.join();
    assertEquals("cancelled", row(id).getString("state"));
    assertEquals(1, cleared.get());
  }

  private static String wish(Object id, String what) {
    String path = "/v1/jobs/" + id.toString().replaceFirst(".*:", "") + "/" + what;
    return bundle.post(path, "").json().get("state").asText();
  }

  @Test
  void job_ofADeadProcess_isTakenWhenItsLeaseHasRunOut() {
    Object id = create();
    Document saved = new Document("at", new Document("after", "m"));
    saved.append("done", 7L).append("skipped", 0L).append("failed", 1L);
    Document left =
        new Document("state", "running").append("checkpoint", saved).append("attempts", 3);
    left.append("lease", leftByTheDead("reembed", "hal:8080", "x").get("lease"));
    jobs().updateOne(eq("_id", id), new Document("$set", left));
    SCRIPT.set(run -> run.finish(run.checkpoint().append("count", run.progress().count())));
    work();
    assertEquals("running", row(id).getString("state"), "somebody may still be at it");
    expire(id);
    work();
    Document done = row(id);
    assertEquals("done", done.getString("state"));
    assertEquals(new Document("after", "m").append("count", 8L), done.get("result"));
  }

  private static void expire(Object id) {
    jobs().updateOne(eq("_id", id), new Document("$set", new Document("lease.until", new Date(0))));
  }

  @Test
  void job_thatKillsItsProcessAgainAndAgain_isGivenUp() {
    Object id = create();
    jobs().updateOne(eq("_id", id), new Document("$set", new Document("attempts", 5)));
    AtomicInteger goesOn = new AtomicInteger();
    SCRIPT.set(run -> goesOn.addAndGet(run.goesOn() ? 1 : 0));
    work();
    assertEquals("failed", row(id).getString("state"));
    assertTrue(row(id).getString("reason").contains("(job.max-attempts)"));
    assertEquals(0, goesOn.get());
  }

  @Test
  void worker_whoseJobIsInOtherHands_leavesItAlone() {
    Document taken =
        work(
            run -> {
              String key = run.named().key();
              jobs()
                  .updateOne(
                      eq("_id", key),
                      new Document("$set", new Document("lease.owner", "somebody else")));
              await().until(() -> !run.goesOn());
              run.finish(new Document("never", true));
            });
    assertEquals("running", taken.getString("state"));
    assertFalse(taken.containsKey("result"));
    jobs().deleteOne(eq("_id", taken.get("_id")));
  }

  @Test
  void start_takesBackWhatTheProcessBeforeHad() {
    Document closed =
        await().until(() -> row(zombie.get("_id")), row -> row.containsKey("finished_at"));
    assertEquals("failed", closed.getString("state"), "its file is not in the inbox any more");
    assertEquals("the file left the inbox before all of it was stored", closed.getString("reason"));
    assertNull(closed.get("lease", Document.class).get("owner"));
  }
}
