package org.hippocamel.embedded.tei.own;

import static org.hippocamel.embedded.tei.own.Answers.header;
import static org.hippocamel.embedded.tei.own.Answers.misshapen;
import static org.hippocamel.embedded.tei.own.Answers.ok;
import static org.hippocamel.embedded.tei.own.Answers.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
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

/** A bi-encoder of the user's own, of three dimensions, whose pooling is the mean. */
@Timeout(60)
class OwnEmbeddingModelTest {
  @TempDir static Path directory;
  private static EmbeddedTei server;
  private static TeiHttp tei;

  @BeforeAll
  static void start() {
    TinyModel.in(directory, 3)
        .word("[CLS]", 1, 0, 0)
        .word("north", 0, 0, 4)
        .word("south", 0, 0, -4)
        .word("up", 0, 8, 0)
        .embedding("bert")
        .write("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}");
    TeiOptions options = new TeiOptions("127.0.0.1", 0, null, 4, 16384, 6, 20_000, true, 1);
    server = EmbeddedTei.start(options.withEmbedModelDir(directory));
    tei = new TeiHttp(server.url(), null);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  // --- embed

  @Test
  void embed_isTheMeanOfAllTokens() {
    assertArrayEquals(new float[] {0.25f, 2, 1}, raw("north up"), 1e-6f);
  }

  @Test
  void embed_isOfUnitLengthUnlessToldOtherwise() {
    float[] vector = tei.embed(List.of("north up"))[0];
    assertEquals(1, TeiHttp.length(vector), 1e-6);
    assertEquals(3, vector.length);
  }

  @Test
  void embed_boundsDimensionsByThisModels() {
    refused(
        422,
        "Validation",
        "Input validation error: `dimensions` should be smaller than the maximum embedding"
            + " dimension 3. Given: 4",
        tei.post("/embed", Map.of("inputs", "up", "dimensions", 4)));
    Map<String, Object> two = Map.of("inputs", "north up", "dimensions", 2);
    assertEquals(2, TeiHttp.vectors(tei.post("/embed", two))[0].length);
  }

  @Test
  void embed_knowsThisModelsWordsAlone() {
    assertEquals(5, ok(tei.post("/tokenize", Map.of("inputs", "North by up"))).get(0).size());
    assertArrayEquals(raw("north , up"), raw("north by UP"), 0);
  }

  @Test
  void openAi_namesTheModelByItsDirectory() {
    JsonNode answer = ok(tei.post("/v1/embeddings", Map.of("input", "up")));
    assertEquals(directory.toString(), answer.get("model").asText());
    assertEquals(3, answer.at("/data/0/embedding").size());
  }

  @Test
  void info_tellsPoolingLengthAndWeights() {
    JsonNode info = ok(tei.get("/info"));
    assertEquals("mean", info.at("/model_type/embedding/pooling").asText());
    assertEquals(16, info.get("max_input_length").asInt());
    assertEquals(directory.toString(), info.get("model_id").asText());
    assertTrue(info.get("model_sha").asText().matches("sha256-[0-9a-f]{12}"), info.toString());
  }

  @Test
  void root_isEmbed() {
    assertEquals(3, ok(tei.post("/", Map.of("inputs", "up"))).get(0).size());
    assertEquals(3, ok(tei.post("/invocations", Map.of("inputs", "up"))).get(0).size());
  }

  // --- embed_all

  @Test
  void embedAll_givesEveryTokenAsItIs() {
    HttpResponse<String> answer = tei.post("/embed_all", Map.of("inputs", "up north"));
    assertEquals("[[[1.0,0.0,0.0],[0.0,8.0,0.0],[0.0,0.0,4.0],[0.0,0.0,0.0]]]", answer.body());
    assertEquals("4", header(answer, "x-compute-tokens"));
    assertEquals("8", header(answer, "x-compute-characters"));
  }

  @Test
  void embedAll_givesABatchInOrder_eachAsLongAsItsText() {
    JsonNode batch = ok(tei.post("/embed_all", "{\"inputs\":[\"up\",\"up north up\",[2,6,3]]}"));
    assertEquals(List.of(3, 5, 3), List.of(at(batch, 0), at(batch, 1), at(batch, 2)));
    assertEquals(batch.get(0), batch.get(2));
  }

  @Test
  void embedAll_cutsAndRefusesAsEmbedDoes() {
    Map<String, Object> body = Map.of("inputs", "up ".repeat(20));
    assertEquals(16, at(ok(tei.post("/embed_all", body)), 0));
    body = Map.of("inputs", "up ".repeat(20), "truncate", false);
    refused(
        422,
        "Validation",
        "Input validation error: `inputs` must have less than 16 tokens. Given: 22",
        tei.post("/embed_all", body));
    String empty = "Input validation error: `inputs` cannot be empty";
    refused(400, "Empty", empty, tei.post("/embed_all", Map.of("inputs", List.of("up", ""))));
    refused(400, "Empty", empty, tei.post("/embed_all", Map.of("inputs", List.of())));
    refused(
        422,
        "Validation",
        "batch size 7 > maximum allowed batch size 6",
        tei.post("/embed_all", Map.of("inputs", Collections.nCopies(7, "up"))));
    refused(
        429,
        "Overloaded",
        "Model is overloaded",
        tei.post("/embed_all", Map.of("inputs", Collections.nCopies(5, "up"))));
    misshapen("missing field `inputs`", tei.post("/embed_all", "{}"));
  }

  @Test
  void embedAll_knowsNeitherNormalizeNorDimensions() {
    String more = "{\"inputs\":\"up\",\"normalize\":null,\"dimensions\":-1}";
    assertEquals(3, at(ok(tei.post("/embed_all", more)), 0));
  }

  // --- similarity

  @Test
  void similarity_isTheCosineWithEachSentence() {
    JsonNode cosines = ok(similarity("north", "north", "south", "up"));
    assertEquals(1, cosines.get(0).asDouble(), 1e-6);
    // (1, 0, 4) against (1, 0, -4) and (1, 8, 0)
    assertEquals(-15.0 / 17, cosines.get(1).asDouble(), 1e-6);
    assertEquals(1 / Math.sqrt(17 * 65), cosines.get(2).asDouble(), 1e-6);
  }

  @Test
  void similarity_countsTheSourceInTheBatch() {
    assertEquals("12", header(similarity("north", "up", "south"), "x-compute-characters"));
    refused(
        422,
        "Validation",
        "batch size 7 > maximum allowed batch size 6",
        similarity("up", Collections.nCopies(6, "up").toArray(String[]::new)));
    refused(
        429,
        "Overloaded",
        "Model is overloaded",
        similarity("up", Collections.nCopies(4, "up").toArray(String[]::new)));
  }

  @Test
  void similarity_refusesWhatIsEmpty() {
    refused(400, "Empty", "`inputs.sentences` cannot be empty", similarity("up"));
    String message = "Input validation error: `inputs` cannot be empty";
    refused(400, "Empty", message, similarity("", "up"));
    refused(400, "Empty", message, similarity("up", ""));
  }

  @Test
  void similarity_takesParameters() {
    String inputs = "\"inputs\":{\"source_sentence\":\"up\",\"sentences\":[\"%s\"]}";
    String text = "up ".repeat(20);
    String body = "{" + inputs.formatted(text) + ",\"parameters\":{\"truncate\":false}}";
    refused(
        422,
        "Validation",
        "Input validation error: `inputs` must have less than 16 tokens. Given: 22",
        tei.post("/similarity", body));
    text = "up ".repeat(14) + "north ".repeat(14);
    String left =
        "{" + inputs.formatted(text) + ",\"parameters\":{\"truncation_direction\":\"Left\"}}";
    assertTrue(ok(tei.post("/similarity", left)).get(0).asDouble() < 0.2);
    String none = "{" + inputs.formatted(text) + ",\"parameters\":null}";
    assertTrue(ok(tei.post("/similarity", none)).get(0).asDouble() > 0.9);
  }

  @Test
  void similarity_refusesOtherShapes() {
    misshapen("missing field `inputs`", tei.post("/similarity", "{}"));
    misshapen(
        "missing field `source_sentence`",
        tei.post("/similarity", "{\"inputs\":{\"sentences\":[\"a\"]}}"));
    misshapen(
        "missing field `sentences`",
        tei.post("/similarity", "{\"inputs\":{\"source_sentence\":\"a\"}}"));
    misshapen("inputs: ", tei.post("/similarity", "{\"inputs\":\"a\"}"));
  }

  // --- decode

  @Test
  void decode_givesTheTextOfOneOrManyLists() {
    assertEquals("[\"north up\"]", tei.post("/decode", "{\"ids\":[2,4,6,3]}").body());
    assertEquals(
        "[\"up\",\"south north\"]", tei.post("/decode", "{\"ids\":[[2,6,3],[5,4]]}").body());
  }

  @Test
  void decode_keepsSpecialTokens_whenAsked() {
    String body = "{\"ids\":[2,4,3],\"skip_special_tokens\":false}";
    assertEquals("[\"[CLS] north [SEP]\"]", tei.post("/decode", body).body());
  }

  @Test
  void decode_refusesWhatIsEmptyOrTooMuch() {
    String message = "Input validation error: `input_ids` cannot be empty";
    refused(400, "Empty", message, tei.post("/decode", "{\"ids\":[]}"));
    refused(400, "Empty", message, tei.post("/decode", "{\"ids\":[[5],[]]}"));
    refused(
        422,
        "Validation",
        "batch size 7 > maximum allowed batch size 6",
        tei.post("/decode", Map.of("ids", Collections.nCopies(7, List.of(5)))));
    misshapen("missing field `ids`", tei.post("/decode", "{}"));
    String variant = "ids: data did not match any variant of untagged enum InputIds";
    for (String ids : List.of("\"a\"", "5", "[\"a\"]", "[5,[5]]", "[[5],5]", "[-1]", "[[1.5]]")) {
      misshapen(variant, tei.post("/decode", "{\"ids\":" + ids + "}"));
    }
  }

  @Test
  void decode_undoesTokenize() {
    JsonNode tokens = ok(tei.post("/tokenize", Map.of("inputs", "up south"))).get(0);
    List<String> ids = Answers.each(tokens, "id");
    assertEquals("[\"up south\"]", tei.post("/decode", "{\"ids\":" + ids + "}").body());
  }

  private static int at(JsonNode batch, int index) {
    return batch.get(index).size();
  }

  private static float[] raw(String text) {
    return TeiHttp.vectors(tei.post("/embed", Map.of("inputs", text, "normalize", false)))[0];
  }

  private static HttpResponse<String> similarity(String source, String... sentences) {
    Map<String, Object> inputs = Map.of("source_sentence", source, "sentences", List.of(sentences));
    return tei.post("/similarity", Map.of("inputs", inputs));
  }
}
