package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedding.EmbedCounts;
import org.hippocamel.embedding.EmbedCounts.Count;
import org.hippocamel.embedding.Lane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What callers hear of texts that TEI cut. The scripted TEI reads 512 tokens, two of them special;
 * {@code "w. "} is one word and two tokens.
 */
class TruncationRouteTest {
  private static final String FULL = "w. ".repeat(255); // 510 tokens
  private static final String CUT = "w. ".repeat(255) + "x"; // 511
  private static final String LONG = "word ".repeat(600);

  private static StubTei tei;
  private static TeiFront front;
  private static RunningBundle bundle;
  private static EmbedCounts counts;

  @BeforeAll
  static void open() {
    tei = new StubTei();
    front = new TeiFront(tei.url());
    bundle =
        RunningBundle.open(
            StubbedBundle.settings(tei, Map.of("tei.url", front.url(), "embed.cache-bytes", "0")));
    counts =
        bundle.bundle().camel().getRegistry().lookupByNameAndType("embedCounts", EmbedCounts.class);
  }

  @AfterAll
  static void close() {
    bundle.close();
    front.close();
    tei.close();
  }

  @BeforeEach
  void fresh() {
    tei.heal();
    tei.forgetCalls();
    front.fresh();
  }

  @Test
  void embeddings_tellWhichTextsWereCut() {
    assertEquals(
        List.of(false, true, false, true), truncated(embed(FULL, CUT, "short", LONG).json()));
    assertEquals(List.of(false), truncated(embed(FULL).json()));
    assertEquals(List.of(true), truncated(embed(CUT).json()));
  }

  @Test
  void embeddings_askTheTokenizerOnlyWhatCannotBeToldOtherwise() {
    embed(IntStream.range(0, 100).mapToObj(i -> "a short text " + i).toArray(String[]::new));
    embed("w".repeat(509), "é".repeat(169)); // as long as can be told by the length
    embed("w".repeat(5_000)); // one token: the call's count tells
    embed(LONG);
    assertEquals(List.of(), front.tokenized());
    embed("short", FULL, LONG, CUT);
    assertEquals(List.of(FULL, CUT), front.tokenized());
  }

  @Test
  void embeddings_comeAlsoWhereNobodyCanCount_andClaimNothing() {
    front.tokenizeNoMore();
    long before = counts.get(Lane.QUERY, Count.UNCOUNTED);
    Answer answer = embed("short", CUT, LONG);
    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(List.of(false, false, true), truncated(answer.json()));
    assertArrayEquals(StubTei.vector(CUT, 384), vector(answer.json().at("/data/1/embedding")));
    assertEquals(List.of(CUT), front.tokenized());
    assertEquals(1, counts.get(Lane.QUERY, Count.UNCOUNTED) - before);
  }

  @Test
  void embeddings_ofAServerThatRefusesLongTexts_areRefused() {
    String why = "Input validation error: `inputs` must have less than 512 tokens. Given: 513";
    tei.fail(CUT::equals, 422, "{\"message\":\"" + why + "\",\"code\":422}");
    Answer answer = embed("short", CUT);
    assertEquals(400, answer.status());
    assertEquals("/input/1", answer.json().at("/error/param").asText());
    assertTrue(answer.json().at("/error/message").asText().contains("Given: 513"));
    assertEquals(List.of(), front.tokenized());
  }

  @Test
  void embeddings_areReadFromAServerThatSendsNumbersWhateverWasAsked() {
    front.change(
        body -> body.replace(",\"encoding_format\":\"base64\"", ""), UnaryOperator.identity());
    JsonNode data = embed("one", "two", CUT).json().get("data");
    assertEquals(1, tei.calls().size());
    for (int i = 0; i < 3; i++) {
      String text = List.of("one", "two", CUT).get(i);
      assertArrayEquals(StubTei.vector(text, 384), vector(data.get(i).get("embedding")));
    }
    assertTrue(data.at("/2/truncated").asBoolean());
  }

  @Test
  void aVectorOfNulls_costsItsOwnTextAlone() {
    front.change(
        body -> body.replace(",\"encoding_format\":\"base64\"", ""),
        body -> body.replaceFirst("\"embedding\":\\[[^,]+", "\"embedding\":[null"));
    Answer answer =
        bundle.postJson(
            "/v1/interactions", List.of(said("null-1", "first"), said("null-2", "second")));
    assertEquals(200, answer.status());
    assertEquals(
        "the embedder answered with a vector with NaN or infinite values",
        answer.json().at("/results/0/error/detail").asText());
    assertEquals("created", answer.json().at("/results/1/status").asText());
  }

  @Test
  void interactions_tellItWheneverTheyAreStoredAgain() {
    Answer created = bundle.postJson("/v1/interactions", said("again", CUT));
    assertEquals(
        "{\"id\":\"again\",\"status\":\"created\",\"truncated\":true}", created.response().body());
    assertEquals(new Document(bundle.space(), true), row("again").get("truncated"));

    front.fresh();
    tei.forgetCalls();
    Answer unchanged = bundle.postJson("/v1/interactions", said("again", CUT));
    assertEquals(
        "{\"id\":\"again\",\"status\":\"unchanged\",\"truncated\":true}",
        unchanged.response().body());
    Map<String, Object> tagged = said("again", CUT);
    tagged.put("metadata", Map.of("topic", "new"));
    assertEquals(
        "{\"id\":\"again\",\"status\":\"updated\",\"truncated\":true}",
        bundle.postJson("/v1/interactions", tagged).response().body());
    JsonNode results =
        bundle
            .postJson("/v1/interactions", List.of(said("twin", CUT), said("short", "a short one")))
            .json()
            .get("results");
    assertEquals(
        "[{\"id\":\"twin\",\"status\":\"created\",\"truncated\":true},"
            + "{\"id\":\"short\",\"status\":\"created\"}]",
        results.toString());
    assertEquals(1, tei.calls().size());
    assertEquals(List.of(), front.tokenized());

    Answer shorter = bundle.postJson("/v1/interactions", said("again", "no longer too long"));
    assertEquals("{\"id\":\"again\",\"status\":\"updated\"}", shorter.response().body());
    assertFalse(row("again").containsKey("truncated"));
  }

  @Test
  void searches_tellThatTheQueryWasCut() {
    for (String mode : List.of("vector", "hybrid", "lexical")) {
      for (String path : List.of("/v1/search", "/v1/interactions/search")) {
        Answer cut = bundle.postJson(path, Map.of("query", CUT, "mode", mode));
        assertEquals(200, cut.status(), cut.response().body());
        assertEquals(!mode.equals("lexical"), cut.json().path("query_truncated").asBoolean());
        Answer whole = bundle.postJson(path, Map.of("query", "whole", "mode", mode));
        assertFalse(whole.json().has("query_truncated"));
      }
    }
  }

  @Test
  void documents_areCutToMeasure_soThatNobodyHasToAsk() {
    String sentence = "The %d. sentence is, after all: one of (many) sentences! ";
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 400).forEach(i -> text.append(sentence.formatted(i)));
    Answer answer =
        bundle.postJson("/v1/documents", Map.of("uri", "many.txt", "text", text.toString()));
    assertEquals(201, answer.status(), answer.response().body());
    assertTrue(answer.json().get("passages").asInt() > 10);
    assertEquals(0, answer.json().get("truncated").asInt());
    // Split by what TEI counted once: pieces of the whole text, and no passage a second time.
    List<String> passages =
        tei.calls().stream()
            .flatMap(call -> call.texts().stream())
            .filter(one -> one.length() > 600)
            .toList();
    assertTrue(passages.size() > 10);
    assertTrue(passages.stream().noneMatch(front.tokenized()::contains));
    assertEquals(text.length(), String.join("", front.tokenized()).length());
  }

  @Test
  void metrics_countTextsOnce_howeverOftenTheyWereAsked() {
    tei.fail(one -> one.equals("poison"), 422, "{\"error\":\"no\"}");
    tei.failNext(1, 429, "{\"error\":\"Model is overloaded\"}");
    Map<String, Double> before = metrics();
    List<Object> items = new ArrayList<>();
    for (String text : List.of("m one", "m two", "poison", "m three", CUT + " m", "m four")) {
      items.add(said("m-" + items.size(), text));
    }
    assertEquals(1, bundle.postJson("/v1/interactions", items).json().get("failed").asInt());
    assertTrue(tei.calls().size() > 3, "halved and repeated");
    Map<String, Double> more = metrics();
    more.replaceAll((name, value) -> value - before.get(name));
    Map<String, Double> expected = new LinkedHashMap<>(more);
    expected.replaceAll((name, value) -> 0.0);
    expected.put("texts_total{lane=\"query\"}", 6.0);
    expected.put("tokens_total{lane=\"query\"}", 4 + 4 + 4 + 4 + 512.0);
    expected.put("truncated_total{lane=\"query\"}", 1.0);
    expected.put("refused_total{lane=\"query\"}", 1.0);
    assertEquals(expected, more);
    assertEquals(10, more.size());
  }

  private static Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    String prefix = "hippocamel_embed_";
    String texts = prefix + "(texts|tokens|truncated|refused|uncounted)_total.*";
    bundle
        .manage("/observe/metrics")
        .response()
        .body()
        .lines()
        .filter(line -> line.matches(texts))
        .map(line -> line.substring(prefix.length()).split(" "))
        .forEach(parts -> metrics.put(parts[0], Double.valueOf(parts[1])));
    return metrics;
  }

  private static Answer embed(String... texts) {
    return bundle.postJson("/v1/embeddings", Map.of("input", List.of(texts)));
  }

  private static List<Boolean> truncated(JsonNode reply) {
    List<Boolean> truncated = new ArrayList<>();
    reply.get("data").forEach(item -> truncated.add(item.path("truncated").asBoolean()));
    return truncated;
  }

  private static float[] vector(JsonNode numbers) {
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i).floatValue();
    }
    return vector;
  }

  private static Map<String, Object> said(String id, String text) {
    return new LinkedHashMap<>(Map.of("id", id, "agent_id", "a", "text", text));
  }

  private static Document row(String id) {
    return bundle.collection("memories").find(eq("_id", "default:" + id)).first();
  }
}
