package org.hippocamel.embedded.tei.own;

import static org.hippocamel.embedded.tei.own.Answers.each;
import static org.hippocamel.embedded.tei.own.Answers.header;
import static org.hippocamel.embedded.tei.own.Answers.misshapen;
import static org.hippocamel.embedded.tei.own.Answers.ok;
import static org.hippocamel.embedded.tei.own.Answers.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hippocamel.contract.TeiHttp;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A classifier of three labels. */
@Timeout(60)
class PredictTest {
  @TempDir static Path directory;
  private static EmbeddedTei server;
  private static TeiHttp tei;

  @BeforeAll
  static void start() {
    TinyModel.in(directory, 3)
        .word("good", 0, 1, 3)
        .word("bad", 2, 0, -1)
        .word("same", 1, 1, 1)
        .word("far", -200, 0, 200)
        .word("broken", 0, Float.NaN, 0)
        .classifier("anger", "calm", "joy");
    TeiOptions options = new TeiOptions("127.0.0.1", 0, null, 4, 16384, 6, 20_000, false, 1);
    server = EmbeddedTei.start(options.withRerankModelDir(directory));
    tei = new TeiHttp(server.url(), null);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void single_givesEveryLabel_theBestFirst() {
    JsonNode labels = ok(predict("\"good\""));
    assertEquals(List.of("joy", "calm", "anger"), each(labels, "label"));
    double sum = 1 + Math.exp(1) + Math.exp(3);
    assertEquals(Math.exp(3) / sum, labels.at("/0/score").asDouble(), 1e-6);
    assertEquals(1 / sum, labels.at("/2/score").asDouble(), 1e-6);
  }

  @Test
  void rawScores_areTheLogits() {
    JsonNode labels = ok(tei.post("/predict", Map.of("inputs", "bad", "raw_scores", true)));
    assertEquals(List.of("2.0", "0.0", "-1.0"), each(labels, "score"));
  }

  @Test
  void arrayOfOne_isASingleText() {
    assertEquals(ok(predict("\"bad\"")), ok(predict("[\"bad\"]")));
  }

  @Test
  void arrayOfTwo_isAPair() {
    JsonNode labels =
        ok(tei.post("/predict", Map.of("inputs", List.of("good", "bad"), "raw_scores", true)));
    assertEquals(List.of("anger", "calm", "joy"), each(labels, "label"));
    assertEquals(List.of("20.0", "1.0", "-7.0"), each(labels, "score"));
  }

  @Test
  void arrayOfArrays_isABatchOfTextsAndPairs() {
    JsonNode batch = ok(predict("[[\"good\"],[\"good\",\"bad\"],[\"bad\"]]"));
    assertEquals(3, batch.size());
    assertEquals("joy", batch.at("/0/0/label").asText());
    assertEquals("anger", batch.at("/1/0/label").asText());
    assertEquals(ok(predict("\"bad\"")), batch.get(2));
    assertEquals(1, ok(predict("[[\"good\"]]")).size());
  }

  @Test
  void equalScores_comeWithTheLaterLabelFirst() {
    assertEquals(List.of("joy", "calm", "anger"), each(ok(predict("\"same\"")), "label"));
  }

  @Test
  void softmax_holdsForLogitsFarApart() {
    assertEquals(List.of("1.0", "0.0", "0.0"), each(ok(predict("\"far\"")), "score"));
  }

  @Test
  void otherShapes_areRefused() {
    String batch = "a string, a pair of strings [string, string] or a batch of mixed strings";
    misshapen("inputs: invalid length 3, expected " + batch, predict("[\"a\",\"b\",\"c\"]"));
    misshapen("inputs: invalid length 0", predict("[]"));
    misshapen("inputs: invalid length 0", predict("[[]]"));
    misshapen("inputs: invalid length 3", predict("[[\"a\",\"b\",\"c\"]]"));
    misshapen("inputs: invalid type, expected " + batch, predict("[\"a\",[\"b\"]]"));
    misshapen("inputs: ", predict("[[\"a\"],\"b\"]"));
    misshapen("inputs: ", predict("[1,2]"));
    misshapen("inputs: ", predict("[[1]]"));
    misshapen("inputs: ", predict("null"));
    misshapen("inputs: ", predict("7"));
    misshapen("missing field `inputs`", tei.post("/predict", "{}"));
  }

  @Test
  void empty_isRefused_wholeCall() {
    String message = "Input validation error: `inputs` cannot be empty";
    refused(400, "Empty", message, predict("\"\""));
    refused(400, "Empty", message, predict("[\"\",\"\"]"));
    refused(400, "Empty", message, predict("[[\"good\"],[\"\"]]"));
    assertEquals(200, predict("[\"\",\"good\"]").statusCode());
  }

  @Test
  void longText_isRefused_sinceTheServerDoesNotCut() {
    String text = "\"" + "good ".repeat(15) + "\"";
    String message = "Input validation error: `inputs` must have less than 16 tokens. Given: 17";
    refused(422, "Validation", message, predict(text));
    HttpResponse<String> cut =
        tei.post("/predict", "{\"inputs\":" + text + ",\"truncate\":true,\"raw_scores\":true}");
    assertEquals(42, ok(cut).at("/0/score").asDouble());
    assertEquals("16", header(cut, "x-compute-tokens"));
  }

  @Test
  void batch_isBounded_andTakesAPermitEach() {
    refused(
        422,
        "Validation",
        "batch size 7 > maximum allowed batch size 6",
        predict("[" + "[\"good\"],".repeat(6) + "[\"bad\"]]"));
    refused(
        429,
        "Overloaded",
        "Model is overloaded",
        predict("[" + "[\"good\"],".repeat(4) + "[\"bad\"]]"));
    assertEquals(200, predict("[" + "[\"good\"],".repeat(3) + "[\"bad\"]]").statusCode());
  }

  @Test
  void scoreThatIsNoNumber_isABackendError() {
    refused(424, "Backend", "score is NaN", predict("\"broken\""));
    refused(424, "Backend", "score is NaN", predict("[[\"good\"],[\"broken\"]]"));
  }

  @Test
  void headers_countBothTextsOfAPair() {
    HttpResponse<String> answer = predict("[[\"good\"],[\"good\",\"bad\"]]");
    assertEquals("11", header(answer, "x-compute-characters"));
    assertEquals("8", header(answer, "x-compute-tokens"));
  }

  @Test
  void root_isPredict_andRerankIsRefused() {
    assertEquals(3, ok(tei.post("/", Map.of("inputs", "good"))).size());
    assertEquals(3, ok(tei.post("/invocations", Map.of("inputs", "good"))).size());
    Map<String, Object> body = Map.of("query", "good", "texts", List.of("bad"));
    refused(
        424, "Backend", "Backend error: model is not a re-ranker model", tei.post("/rerank", body));
    refused(
        400,
        "Empty",
        "`texts` cannot be empty",
        tei.post("/rerank", Map.of("query", "good", "texts", List.of())));
  }

  @Test
  void info_isThatOfAClassifier() {
    JsonNode type = ok(tei.get("/info")).get("model_type");
    assertEquals("calm", type.at("/classifier/id2label/1").asText());
    assertEquals(2, type.at("/classifier/label2id/joy").asInt());
  }

  private static HttpResponse<String> predict(String inputs) {
    return tei.post("/predict", "{\"inputs\":" + inputs + "}");
  }
}
