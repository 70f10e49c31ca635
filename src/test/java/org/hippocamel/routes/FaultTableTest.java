package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What callers of the embedding gateway get while an embedder misbehaves: everybody is answered,
 * nobody with the vector of another text, and a failure names its own text.
 */
class FaultTableTest {
  private static final int CALLERS = 64;

  private static StubTei tei;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    tei = new StubTei();
    bundle = RunningBundle.open(settings(tei.url()));
  }

  private static Map<String, String> settings(String urls) {
    return Map.of(
        "tei.url", urls,
        "tei.retry-delay-millis", "5",
        "tei.retry-max-delay-millis", "50",
        "tei.retries-per-second", "1000",
        "tei.probe-millis", "50",
        "tei.check-millis", "100",
        "embed.query-deadline-millis", "60000",
        "embed.ingest-deadline-millis", "60000");
  }

  @AfterAll
  static void close() {
    bundle.close();
    tei.close();
  }

  @BeforeEach
  void fresh() {
    tei.heal();
    tei.forgetCalls();
    await().until(() -> ready(bundle));
  }

  @Test
  void stormOf429_endsWithEverybodyServed() {
    tei.play("calls 1..60 overloaded");
    assertAllRight(Crowd.ask(bundle, "storm", CALLERS));
    assertTrue(tei.counts().overloaded() >= 60, tei.counts().toString());
  }

  @Test
  void embedderGoneAndBack_turnsReadinessOffAndLosesNobody() {
    tei.stop();
    Crowd crowd = Crowd.ask(bundle, "gone", CALLERS);
    await().until(() -> !ready(bundle));
    assertEquals(503, bundle.get("/health").status());
    tei.restartOnSamePort();
    assertAllRight(crowd);
    assertTrue(ready(bundle));
    assertEquals(200, bundle.get("/health").status());
  }

  @Test
  void poisonAmongAThousand_failsAlone() {
    tei.play("text \"poison\" invalid");
    List<String> texts =
        IntStream.range(0, 1_000).mapToObj(i -> i == 500 ? "poison" : "one of " + i).toList();
    List<Embedding> embeddings = embed(texts);
    for (int i = 0; i < texts.size(); i++) {
      if (i == 500) {
        assertEquals(ProblemKind.EMBEDDER_FAILED, embeddings.get(i).refusal().kind());
        assertTrue(embeddings.get(i).refusal().getMessage().contains("422"));
      } else {
        assertVector(texts.get(i), embeddings.get(i));
      }
    }
    assertTrue(tei.counts().calls() <= 32 + 2 * 5, tei.counts().toString());
  }

  @Test
  void nullVector_failsItsOwnTextOnly() {
    tei.play("text \"void\" null");
    List<String> texts = List.of("before", "the void", "behind");
    List<Embedding> embeddings = embed(texts);
    assertVector(texts.get(0), embeddings.get(0));
    assertTrue(embeddings.get(1).refusal().getMessage().contains("NaN"));
    assertVector(texts.get(2), embeddings.get(2));
    assertEquals(1, tei.counts().calls());
  }

  @Test
  void wrongDimension_isNoVector() {
    tei.play("calls 1..1 dimension 12");
    Embedding embedding = embed(List.of("too short")).get(0);
    assertEquals(
        "the embedder answered with 12 dimensions, the active space has 384",
        embedding.refusal().getMessage());
    assertVector("long enough", embed(List.of("long enough")).get(0));
  }

  @Test
  void halfClosedConnections_loseNobody() {
    tei.play("always hang-up");
    for (int round = 0; round < 3; round++) {
      assertAllRight(Crowd.ask(bundle, "half closed " + round, CALLERS));
    }
  }

  @Test
  void resetConnections_loseNobody() {
    tei.play("calls 1..5 reset", "calls 6..10 drop");
    assertAllRight(Crowd.ask(bundle, "reset", CALLERS));
  }

  @Test
  void anotherModelOfTheSameLength_isLeftOutAtOnce_andTheOldOneTakenBack() {
    assertAllRight(Crowd.ask(bundle, "right model", 1));
    tei.play("always model acme/other");
    await().until(() -> !ready(bundle));
    Crowd.Outcome outcome = Crowd.ask(bundle, "wrong model", 1).outcome();
    assertEquals(1, outcome.refused());
    assertTrue(outcome.refusal().contains("serves acme/other"), outcome.refusal());
    assertTrue(outcome.refusal().contains("BAAI/bge-small-en-v1.5"), outcome.refusal());
    tei.heal();
    await().until(() -> ready(bundle));
    assertAllRight(Crowd.ask(bundle, "right again", 1));
  }

  @Test
  void slowReplicaOfThree_getsFewCalls_andTheDeadOneNone() {
    try (StubTei slow = new StubTei();
        StubTei dead = new StubTei();
        RunningBundle three =
            RunningBundle.open(settings(String.join(",", tei.url(), slow.url(), dead.url())))) {
      slow.play("always slow 300ms");
      dead.stop();
      for (int round = 0; round < 4; round++) {
        assertAllRight(Crowd.ask(three, "three " + round, CALLERS));
      }
      assertTrue(ready(three), "two serve");
      assertTrue(slow.counts().texts() < tei.counts().texts(), slow.counts() + " " + tei.counts());
      dead.restartOnSamePort();
      await()
          .until(
              () -> {
                assertAllRight(Crowd.ask(three, "all three " + dead.counts().calls(), CALLERS));
                return dead.counts().texts() > 0;
              });
    }
  }

  private static boolean ready(RunningBundle bundle) {
    return bundle.get("/health").status() == 200;
  }

  private static void assertAllRight(Crowd crowd) {
    Crowd.Outcome outcome = crowd.outcome();
    assertEquals(
        new Crowd.Outcome(outcome.asked(), outcome.asked(), 0, 0, ""), outcome, "nobody is lost");
  }

  private static void assertVector(String text, Embedding embedding) {
    assertNull(embedding.refusal(), text);
    assertArrayEquals(StubTei.vector(text, StubbedBundle.DIMENSIONS), embedding.orThrow(), text);
  }

  @SuppressWarnings("unchecked")
  private static List<Embedding> embed(List<String> texts) {
    Exchange exchange =
        bundle
            .bundle()
            .camel()
            .createProducerTemplate()
            .request(
                "direct:embed", in -> in.getIn().setBody(new EmbedRequest(texts, Lane.INGEST)));
    return exchange.getMessage().getBody(List.class);
  }
}
