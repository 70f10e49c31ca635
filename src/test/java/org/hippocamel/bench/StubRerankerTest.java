package org.hippocamel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scripted TEI as a reranker, on the wire. */
class StubRerankerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final StubTei.Options OPTIONS =
      StubTei.Options.defaults().asReranker("acme/reranker");

  private StubTei stub = new StubTei(OPTIONS);
  private LoadConnection client = client();

  private LoadConnection client() {
    Endpoint endpoint = new Endpoint("stub", URI.create(stub.url()), null, null);
    return new LoadConnection(endpoint, Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  @Test
  void rerank_answersBestFirst_withProbabilities() throws IOException {
    JsonNode ranks = ok(rerank("", "a", "b", "c", "d"));
    double last = 1;
    for (JsonNode rank : ranks) {
      String text = "abcd".substring(rank.get("index").asInt()).substring(0, 1);
      double logit = StubTei.logit("q", text);
      assertEquals(1 / (1 + Math.exp(-logit)), rank.get("score").asDouble(), 1e-6);
      assertTrue(rank.get("score").asDouble() <= last);
      assertFalse(rank.has("text"));
      last = rank.get("score").asDouble();
    }
    assertEquals(4, ranks.size());
    assertEquals(new StubTei.Counts(1, 4, 4, 0, 4, 1), stub.counts());
    assertEquals("/rerank", stub.calls().get(0).path());
  }

  @Test
  void equalScores_comeWithTheHigherIndexFirst() throws IOException {
    JsonNode ranks = ok(rerank(",\"return_text\":true", "a", "a"));
    assertEquals(1, ranks.at("/0/index").asInt());
    assertEquals("a", ranks.at("/0/text").asText());
  }

  @Test
  void logits_comeOnRequestAndOnCommand() throws IOException {
    float logit = StubTei.logit("q", "a");
    assertEquals(logit, ok(rerank(",\"raw_scores\":true", "a")).at("/0/score").floatValue());
    stub.play("always logits");
    assertEquals(logit, ok(rerank(",\"raw_scores\":false", "a")).at("/0/score").floatValue());
  }

  @Test
  void answers_areSpoiltOnCommand() throws IOException {
    stub.play("calls 1 missing", "calls 2 twice", "calls 3 text \"b\" null");
    assertEquals(List.of("1", "2"), indexes(ok(rerank("", "a", "b", "c"))));
    assertEquals(List.of("1", "2", "2"), indexes(ok(rerank("", "a", "b", "c"))));
    JsonNode ranks = ok(rerank("", "a", "b", "c"));
    assertEquals(1, ranks.findValues("score").stream().filter(JsonNode::isNull).count());
  }

  @Test
  void refusals_areThoseOfARealOne() throws IOException {
    assertEquals(400, rerank("").status());
    assertEquals(200, rerank("", "").status());
    assertEquals(400, post("/rerank", "{\"query\":\"\",\"texts\":[\"\"]}").status());
    assertEquals(422, post("/rerank", "{\"texts\":[\"a\"]}").status());
    assertEquals(422, post("/rerank", "{\"query\":\"q\",\"texts\":\"a\"}").status());
    String[] many = java.util.Collections.nCopies(33, "a").toArray(String[]::new);
    assertEquals(422, rerank("", many).status());
    assertEquals(424, post("/embed", "{\"inputs\":\"a\"}").status());
    stub.play("calls 1 overloaded", "calls 2 out-of-memory");
    assertEquals(429, rerank("", "a").status());
    assertEquals(424, rerank("", "a").status());
  }

  @Test
  void longPairs_areRefusedUpTo18_unlessTheyMayBeCut() throws IOException {
    close();
    stub = new StubTei(OPTIONS.withDialect(Dialect.TEI_1_8));
    client = client();
    String long_ = "word ".repeat(600);
    assertEquals(413, rerank("", "a", long_).status());
    assertEquals(200, rerank(",\"truncate\":true", "a", long_).status());
  }

  @Test
  void info_isThatOfAReranker() throws IOException {
    client.get("/info");
    JsonNode info = JSON.readTree(client.receive().body());
    assertEquals("acme/reranker", info.get("model_id").asText());
    assertEquals(1, info.at("/model_type/reranker/id2label").size());
    assertFalse(info.at("/model_type").has("embedding"));
  }

  private LoadConnection.Answer rerank(String more, String... texts) throws IOException {
    String list = JSON.valueToTree(texts).toString();
    return post("/rerank", "{\"query\":\"q\",\"texts\":" + list + more + "}");
  }

  private LoadConnection.Answer post(String route, String body) throws IOException {
    client.post(route, body.getBytes(StandardCharsets.UTF_8));
    return client.receive();
  }

  private static JsonNode ok(LoadConnection.Answer answer) throws IOException {
    assertEquals(200, answer.status(), answer.said());
    return JSON.readTree(answer.body());
  }

  private static List<String> indexes(JsonNode ranks) {
    return ranks.findValuesAsText("index").stream().sorted().toList();
  }
}
