package org.hippocamel.embedded.tei.own;

import static org.hippocamel.embedded.tei.own.Answers.ok;
import static org.hippocamel.embedded.tei.own.Answers.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hippocamel.contract.TeiHttp;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;
import org.hippocamel.embedded.tei.onnx.ModelResources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a model directory decide. */
@Timeout(60)
class ModelDirectoryTest {
  @TempDir Path directory;
  private TinyModel model;

  @BeforeEach
  void write() {
    model = TinyModel.in(directory, 2).word("[CLS]", 1, 2).word("[SEP]", 5, 7).word("east", 3, 0);
    model.embedding("bert");
  }

  @Test
  void pooling_isTheFirstToken_forABertWithoutPoolingConfig() {
    serve(tei -> assertArrayEquals(new float[] {1, 2}, raw(tei)));
  }

  @Test
  void pooling_isWhatTheConfigSays_firstTokenBeforeMean() {
    model.write(
        "1_Pooling/config.json",
        "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": true}");
    serve(tei -> assertArrayEquals(new float[] {1, 2}, raw(tei)));
    model.write("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}");
    serve(tei -> assertArrayEquals(new float[] {3, 3}, raw(tei)));
    model.write("1_Pooling/config.json", "{\"pooling_mode_lasttoken\": true}");
    serve(
        tei -> {
          assertArrayEquals(new float[] {5, 7}, raw(tei));
          assertEquals("last_token", info(tei).at("/model_type/embedding/pooling").asText());
        });
  }

  @Test
  void sentenceEmbedding_isTakenAsItIs() {
    model.weights(
        model
            .hidden()
            .node("ReduceMax axes=1 keepdims=0", "last_hidden_state", "sentence_embedding")
            .output("sentence_embedding", "batch", "width")
            .output("last_hidden_state", "batch", "sequence", "width"));
    serve(
        tei -> {
          assertArrayEquals(new float[] {5, 7}, raw(tei));
          JsonNode all = ok(tei.post("/embed_all", Map.of("inputs", "east")));
          assertEquals("[[[1.0,2.0],[3.0,0.0],[5.0,7.0]]]", all.toString());
        });
  }

  @Test
  void embedAll_isRefused_ifTheModelPoolsByItself() {
    model.weights(
        model
            .hidden()
            .node("ReduceMax axes=1 keepdims=0", "last_hidden_state", "sentence_embedding")
            .output("sentence_embedding", "batch", "width"));
    serve(
        tei -> {
          refused(
              424,
              "Backend",
              "Backend error: the model has pooled vectors only, no last_hidden_state and no"
                  + " token_embeddings",
              tei.post("/embed_all", Map.of("inputs", "east")));
          assertEquals(200, tei.get("/health").statusCode());
        });
  }

  @Test
  void tokenEmbeddings_areAnotherNameOfTheLastHiddenState() {
    model.weights(
        model
            .hidden()
            .node("Identity", "last_hidden_state", "token_embeddings")
            .output("token_embeddings", "batch", "sequence", "width"));
    serve(tei -> assertArrayEquals(new float[] {1, 2}, raw(tei)));
  }

  @Test
  void inputs_areGivenAsTheGraphDeclaresThem() {
    model.weights(
        model
            .hidden()
            .input("position_ids")
            .weights("places", new float[][] {{0, 0}, {10, 10}, {20, 20}})
            .node("Gather", "places position_ids", "shift")
            .node("Add", "last_hidden_state shift", "token_embeddings")
            .output("token_embeddings", "batch", "sequence", "width"));
    model.write("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}");
    serve(tei -> assertArrayEquals(new float[] {13, 13}, raw(tei)));
  }

  @Test
  void weights_mayLieInTheFolderOnnx_theOneAtTheRootWins() throws Exception {
    byte[] weights = Files.readAllBytes(directory.resolve("model.onnx"));
    model.write("onnx/model.onnx", "no model");
    serve(tei -> assertArrayEquals(new float[] {1, 2}, raw(tei)));
    model.remove("model.onnx").write("onnx/model.onnx", weights);
    serve(tei -> assertArrayEquals(new float[] {1, 2}, raw(tei)));
  }

  @Test
  void revision_namesTheWeights() {
    String[] sha = new String[2];
    serve(tei -> sha[0] = info(tei).get("model_sha").asText());
    model.word("west", 3, 1).embedding("bert");
    serve(tei -> sha[1] = info(tei).get("model_sha").asText());
    assertNotEquals(sha[0], sha[1]);
  }

  @Test
  void longestInput_comesFromTheSentenceConfigFirst() {
    model.write("sentence_bert_config.json", "{\"max_seq_length\": 7}");
    serve(tei -> assertEquals(7, info(tei).get("max_input_length").asInt()));
    model.write("sentence_bert_config.json", "{\"max_seq_length\": null}");
    serve(tei -> assertEquals(16, info(tei).get("max_input_length").asInt()));
  }

  @Test
  void longestInput_leavesOutThePositionsOfPadding_forRoberta() {
    model.config(TinyModel.config("xlm-roberta", 18, "XLMRobertaModel"));
    serve(tei -> assertEquals(16, info(tei).get("max_input_length").asInt()));
  }

  @Test
  void longestInput_isClampedByTheTokensOfABatch() {
    TeiOptions few = new TeiOptions("127.0.0.1", 0, null, 4, 8, 4, 20_000, true, 1);
    try (EmbeddedTei server = EmbeddedTei.start(few.withEmbedModelDir(directory))) {
      assertEquals(8, info(new TeiHttp(server.url(), null)).get("max_input_length").asInt());
    }
  }

  @Test
  void pair_mayHaveFourSpecialTokens_andOneType() {
    TinyModel roberta = TinyModel.in(directory, 1).word("one", 1).word("two", 10);
    roberta.classifier("LABEL_0").tokenizer("[CLS] $A [SEP]", "[CLS] $A [SEP] [SEP] $B [SEP]");
    try (EmbeddedTei server =
        EmbeddedTei.start(TeiOptions.defaults().withRerankModelDir(directory))) {
      TeiHttp tei = new TeiHttp(server.url(), null);
      String body =
          "{\"inputs\":[\"%s\",\"%s\"],\"raw_scores\":true}"
              .formatted("one ".repeat(20), "two ".repeat(20));
      // 16 tokens less 4 leave six for each, all of type 0
      assertEquals(66, ok(tei.post("/predict", body)).at("/0/score").asDouble());
    }
  }

  @Test
  void builtInModel_givesTheSameVectorsOutOfADirectory() throws Exception {
    model.write("model.onnx", ModelResources.weights());
    try (var tokenizer = ModelResources.tokenizer()) {
      model.write("tokenizer.json", tokenizer.readAllBytes());
    }
    model.config(TinyModel.config("bert", 512, "BertModel"));
    List<String> texts = List.of("A camel in the desert.", "Crème brûlée", "word ".repeat(600));
    float[][] expected;
    try (EmbeddedTei server = EmbeddedTei.start(TeiOptions.defaults())) {
      expected = new TeiHttp(server.url(), null).embed(texts);
    }
    serve(tei -> assertArrayEquals(expected, tei.embed(texts)));
  }

  private void serve(Consumer<TeiHttp> test) {
    try (EmbeddedTei server =
        EmbeddedTei.start(TeiOptions.defaults().withEmbedModelDir(directory))) {
      test.accept(new TeiHttp(server.url(), null));
    }
  }

  private static float[] raw(TeiHttp tei) {
    return TeiHttp.vectors(tei.post("/embed", Map.of("inputs", "east", "normalize", false)))[0];
  }

  private static JsonNode info(TeiHttp tei) {
    return ok(tei.get("/info"));
  }
}
