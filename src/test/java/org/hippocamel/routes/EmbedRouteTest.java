package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.hippocamel.RunningBundle;
import org.hippocamel.batching.Flow;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.embedding.Replicas;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped embed route between many callers and a scripted TEI. */
class EmbedRouteTest {
  private static final int DIMENSIONS = 384;

  private static StubTei tei;
  private static RunningBundle bundle;
  private static ProducerTemplate template;

  @BeforeAll
  static void start() {
    tei = new StubTei(StubTei.Options.defaults().withServiceMillis(5));
    bundle =
        RunningBundle.start(
            RunningBundle.newFolder(),
            Map.of(
                "mongo.uri",
                "mongodb://127.0.0.1:1",
                "tei.url",
                tei.url(),
                "embed.query-deadline-millis",
                "2000",
                "tei.retry-delay-millis",
                "5",
                // Nothing may ever wait for the safety net: here it would wait for a minute.
                "embed.safety-millis",
                "60000"));
    template = bundle.bundle().camel().createProducerTemplate();
  }

  @AfterAll
  static void stop() {
    bundle.close();
    tei.close();
  }

  @BeforeEach
  void heal() {
    tei.heal();
    tei.forgetCalls();
  }

  @Test
  void embed_givesEveryCallerItsOwnVectorsInOrder() {
    List<String> texts = IntStream.range(0, 100).mapToObj(i -> "text " + i).toList();
    assertVectors(texts, embed(texts, Lane.INGEST));
    assertTrue(tei.calls().stream().allMatch(call -> call.texts().size() <= 32));
  }

  @Test
  void embed_answersNothingForNothing() {
    assertEquals(List.of(), embed(List.of(), Lane.QUERY));
    assertEquals(List.of(), tei.calls());
  }

  @Test
  void embed_sharesCallsBetweenCallersWhoComeTogether() {
    int callers = 128;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, callers)
              .mapToObj(i -> List.of("caller " + i))
              .map(
                  texts ->
                      CompletableFuture.runAsync(
                          () -> assertVectors(texts, embed(texts, Lane.QUERY)), threads))
              .toList();
      all.forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }
    assertTrue(tei.calls().size() < callers / 2, tei.calls().size() + " calls for " + callers);
  }

  @Test
  void embed_givesEverySlotBack_whenAllAreAnswered() {
    embed_sharesCallsBetweenCallersWhoComeTogether();
    tei.failNext(1, 422, "{}");
    refused(List.of("poison"));
    for (String flow : List.of("queryFlow", "ingestFlow")) {
      Flow slots = bundle.bundle().camel().getRegistry().lookupByNameAndType(flow, Flow.class);
      Awaitility.await(flow).until(slots::inFlight, inFlight -> inFlight == 0);
    }
    Replicas replicas =
        bundle
            .bundle()
            .camel()
            .getRegistry()
            .findSingleByType(Embedders.class)
            .all()
            .get(0)
            .replicas();
    Awaitility.await().until(replicas::textsInFlight, texts -> texts == 0);
  }

  @Test
  void embed_goesOnOutsideOfTheLane_soThatItsSlotIsFreeForTheNextCall() throws Exception {
    CompletableFuture<String> thread = new CompletableFuture<>();
    var embed = bundle.bundle().camel().getEndpoint("direct:embed");
    try (AsyncProducer producer = embed.createAsyncProducer()) {
      Exchange exchange = embed.createExchange();
      exchange.getIn().setBody(new EmbedRequest(List.of("who goes on?"), Lane.QUERY));
      producer.start();
      producer.process(exchange, done -> thread.complete(Thread.currentThread().getName()));
      assertTrue(thread.get(30, TimeUnit.SECONDS).startsWith("embed-answer-"), thread.get());
    }
  }

  @Test
  void embed_marksTheCallsOfWaitingCallersAsInteractive() {
    embed(List.of("somebody waits"), Lane.QUERY);
    embed(List.of("nobody waits"), Lane.INGEST);
    List<String> priorities = tei.calls().stream().map(call -> header(call, "x-priority")).toList();
    assertEquals(List.of("interactive", "none"), priorities);
  }

  private static String header(StubTei.Call call, String name) {
    return call.headers().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("none");
  }

  @Test
  void embed_asksAgainWhenTeiIsOverloaded() {
    tei.failNext(2, 429, "{\"error\":\"Model is overloaded\",\"error_type\":\"Overloaded\"}");
    assertVectors(List.of("patience"), embed(List.of("patience"), Lane.QUERY));
    assertEquals(3, tei.calls().size());
  }

  @Test
  void embed_asksAgainWhenTheConnectionBreaks() {
    tei.failNext(1, 0, "");
    assertVectors(List.of("again"), embed(List.of("again"), Lane.QUERY));
  }

  @Test
  void embed_givesUpWithItsReasonWhenTheDeadlineHasPassed() {
    tei.failNext(50, 429, "{\"error\":\"Model is overloaded\",\"error_type\":\"Overloaded\"}");
    Problem problem = refused(List.of("too much"));
    assertEquals(ProblemKind.OVERLOADED, problem.kind());
    assertTrue(
        problem.getMessage().endsWith("no vector within 2000 ms (embed.query-deadline-millis)"),
        problem.getMessage());
    assertTrue(tei.calls().size() > 1, "asked again");
  }

  @Test
  void embed_tellsAtOnceWhatTeiRefusesForGood() {
    tei.failNext(1, 422, "{\"error\":\"too long\",\"error_type\":\"Validation\"}");
    Problem problem = refused(List.of("poison"));
    assertEquals(ProblemKind.EMBEDDER_FAILED, problem.kind());
    assertTrue(problem.getMessage().contains("answered 422: {\"error\":\"too long\""));
    assertEquals(1, tei.calls().size());
  }

  @Test
  void embed_refusesOnlyTheTextThatTeiRefuses() {
    for (int status : new int[] {400, 413, 422, 424}) {
      tei.heal();
      tei.fail(text -> text.equals("poison"), status, "{\"error\":\"no\"}");
      List<String> texts =
          IntStream.range(0, 32).mapToObj(i -> i == 20 ? "poison" : "good " + i).toList();
      List<Embedding> embeddings = outcomes(texts, Lane.INGEST);
      for (int i = 0; i < texts.size(); i++) {
        Problem refusal = embeddings.get(i).refusal();
        assertEquals(i == 20, refusal != null, texts.get(i) + " at " + status);
      }
    }
  }

  @Test
  void embed_saysThatTeiIsAwayAndServesAgainWhenItIsBack() {
    tei.stop();
    Problem problem = refused(List.of("hello?"));
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertTrue(problem.getMessage().startsWith("the embedder at tei.url does not answer"));
    tei.restartOnSamePort();
    assertVectors(List.of("hello!"), embed(List.of("hello!"), Lane.QUERY));
  }

  private static List<float[]> embed(List<String> texts, Lane lane) {
    return outcomes(texts, lane).stream().map(Embedding::orThrow).toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Embedding> outcomes(List<String> texts, Lane lane) {
    Exchange exchange = ask(texts, lane);
    if (exchange.getException() != null) {
      throw Diagnosis.of(exchange.getException());
    }
    return exchange.getMessage().getBody(List.class);
  }

  private static Problem refused(List<String> texts) {
    try {
      return outcomes(texts, Lane.QUERY).get(0).refusal();
    } catch (Problem late) {
      return late;
    }
  }

  private static Exchange ask(List<String> texts, Lane lane) {
    return template.request(
        "direct:embed", exchange -> exchange.getIn().setBody(new EmbedRequest(texts, lane)));
  }

  private static void assertVectors(List<String> texts, List<float[]> vectors) {
    assertEquals(texts.size(), vectors.size());
    for (int i = 0; i < texts.size(); i++) {
      assertArrayEquals(StubTei.vector(texts.get(i), DIMENSIONS), vectors.get(i), texts.get(i));
    }
  }
}
