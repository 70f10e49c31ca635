package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedding.Tokens;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shipped tokenize route against a scripted TEI. */
class TokenizeRouteTest {
  private static StubTei tei;
  private static RunningBundle bundle;
  private static ProducerTemplate template;

  @BeforeAll
  static void start() {
    tei = new StubTei();
    bundle =
        RunningBundle.start(
            RunningBundle.newFolder(),
            Map.of(
                "mongo.uri", "mongodb://127.0.0.1:1",
                "tei.url", tei.url(),
                "embed.ingest-deadline-millis", "1000"));
    template = bundle.bundle().camel().createProducerTemplate();
  }

  @AfterAll
  static void stop() {
    bundle.close();
    tei.close();
  }

  @Test
  void tokenize_countsWithoutSpecialTokens() {
    List<Tokens> tokens = tokenize(List.of("two words", "one"));
    assertEquals(List.of(2, 1), tokens.stream().map(Tokens::count).toList());
  }

  @Test
  void tokenize_givesEndsAsCharIndexes() {
    int[] ends = tokenize(List.of("na\u00efve \ud83d\ude00 end")).get(0).ends();
    assertEquals(List.of(5, 8, 12), IntStream.of(ends).boxed().toList());
  }

  @Test
  void tokenize_asksInPortionsAndKeepsTheOrder() {
    List<String> texts = IntStream.rangeClosed(1, 70).mapToObj("w "::repeat).toList();
    List<Integer> counts = tokenize(texts).stream().map(Tokens::count).toList();
    assertEquals(IntStream.rangeClosed(1, 70).boxed().toList(), counts);
  }

  @Test
  void tokenize_answersNothingForNothing() {
    assertEquals(List.of(), tokenize(List.of()));
  }

  @Test
  void tokenize_saysThatTeiIsAway() {
    tei.stop();
    try {
      assertEquals(ProblemKind.UNAVAILABLE, Diagnosis.of(ask(List.of("x")).getException()).kind());
    } finally {
      tei.restartOnSamePort();
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Tokens> tokenize(List<String> texts) {
    return ask(texts).getMessage().getBody(List.class);
  }

  private static Exchange ask(List<String> texts) {
    return template.request("direct:tokenize", exchange -> exchange.getIn().setBody(texts));
  }
}
