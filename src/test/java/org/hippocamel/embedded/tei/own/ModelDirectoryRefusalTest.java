package org.hippocamel.embedded.tei.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said when the files of a model directory are missing or wrong. */
@Timeout(60)
class ModelDirectoryRefusalTest {
  @TempDir Path directory;
  private TinyModel model;

  @BeforeEach
  void write() {
    model = TinyModel.in(directory, 2).word("east", 3, 0).embedding("bert");
  }

  @Test
  void missingDirectory_isNamed() {
    Path none = directory.resolve("none");
    assertEquals(
        none
            + " is no directory; a model is a directory with model.onnx, tokenizer.json and"
            + " config.json",
        failure(TeiOptions.defaults().withEmbedModelDir(none)));
  }

  @Test
  void missingFiles_areNamed() {
    model.remove("model.onnx");
    wrong("model.onnx", "is missing, and so is onnx/model.onnx; export the model to ONNX");
    model.embedding("bert").remove("tokenizer.json");
    wrong("tokenizer.json", "is missing");
    model.embedding("bert").remove("config.json");
    wrong("config.json", "is missing");
  }

  @Test
  void filesThatAreNoJson_areNamed() {
    model.write("config.json", "{\"model_type\": ");
    String message = failure(TeiOptions.defaults().withEmbedModelDir(directory));
    assertTrue(message.startsWith(directory.resolve("config.json") + " is no JSON: "), message);
    model.write("config.json", "[]");
    wrong("config.json", "is no JSON object");
    model.write("config.json", "");
    wrong("config.json", "is no JSON object");
  }

  @Test
  void weightsThatAreNoModel_areNamed() {
    model.write("model.onnx", "no model");
    String message = failure(TeiOptions.defaults().withEmbedModelDir(directory));
    assertTrue(
        message.startsWith(directory.resolve("model.onnx") + " cannot be loaded: "), message);
  }

  @Test
  void tokenizerThatIsNone_isNamed() {
    model.write("tokenizer.json", "{}");
    String message = failure(TeiOptions.defaults().withEmbedModelDir(directory));
    String name = directory.resolve("tokenizer.json").toString();
    assertTrue(message.startsWith(name + " cannot be used: "), message);
  }

  @Test
  void poolingThatCannotBeGuessed_isAskedFor() {
    model.config(TinyModel.config("qwen3", 16, "Qwen3Model"));
    wrong(
        "1_Pooling/config.json",
        "is missing, and for model_type \"qwen3\" the pooling cannot be guessed");
    model.write("1_Pooling/config.json", "{\"pooling_mode_max_tokens\": true}");
    wrong("1_Pooling/config.json", "asks for none of the poolings cls, mean and lasttoken");
  }

  @Test
  void lengthThatIsNotKnown_isAskedFor() {
    ObjectNode config = TinyModel.config("bert", 16, "BertModel");
    config.remove("max_position_embeddings");
    model.config(config);
    wrong("config.json", "has no number `max_position_embeddings`; the longest input is unknown");
    model.config(TinyModel.config("roberta", 2, "RobertaModel"));
    model.write("1_Pooling/config.json", "{\"pooling_mode_cls_token\": true}");
    wrong("config.json", "has `max_position_embeddings` that leaves 0 tokens");
  }

  @Test
  void batchThatIsTooShortForTheModel_isRefused_ifNothingMayBeCut() {
    TeiOptions strict =
        new TeiOptions("127.0.0.1", 0, null, 4, 8, 4, 20_000, false, 1, directory, null);
    assertEquals(
        "maxBatchTokens 8 is below the model's 16; raise it or set autoTruncate", failure(strict));
  }

  @Test
  void graphThatDoesNotFit_isNamedWithWhatIsWanted() {
    model.weights(model.hidden().output("last_hidden_state", "b", "s", "w").input("pixels"));
    wrong(
        "model.onnx",
        "wants the input `pixels`, but only input_ids, attention_mask, token_type_ids and"
            + " position_ids are given");
    model.weights(
        model.hidden().output("last_hidden_state", "b", "s", "w").floatInput("position_ids"));
    wrong("model.onnx", "has the input `position_ids` as FLOAT, but only INT64 is served");
    model.weights(
        model.hidden().node("Identity", "last_hidden_state", "x").output("x", "b", "s", "w"));
    wrong(
        "model.onnx",
        "has the outputs [x], but `sentence_embedding`, `last_hidden_state` or"
            + " `token_embeddings` is wanted");
    model.weights(
        model
            .hidden()
            .node("Cast to=7", "last_hidden_state", "token_embeddings")
            .longOutput("token_embeddings", "b", "s", "w"));
    wrong("model.onnx", "has the output `token_embeddings` as INT64, but only FLOAT is served");
  }

  @Test
  void graphThatDoesNotRun_isNamed() {
    // The tokenizer knows more words than the graph has rows for.
    model.weights(TinyModel.in(directory, 2).hidden().output("last_hidden_state", "b", "s", "w"));
    TinyModel more = TinyModel.in(directory, 2).word("hello", 1, 1);
    more.tokenizer("[CLS] $A [SEP]", "$A $B");
    String message = failure(TeiOptions.defaults().withEmbedModelDir(directory));
    assertTrue(message.startsWith(directory.resolve("model.onnx") + " does not run: "), message);
  }

  @Test
  void crossEncoder_isNoEmbeddingModel_andTheOtherWayRound() {
    String rule =
        ": in config.json a name in `architectures` ends with Classification for a cross-encoder,"
            + " and for an embedding model none does";
    assertEquals(
        directory + " is not a cross-encoder" + rule,
        failure(TeiOptions.defaults().withRerankModelDir(directory)));
    model.classifier("A", "B");
    assertEquals(
        directory + " is not an embedding model" + rule,
        failure(TeiOptions.defaults().withEmbedModelDir(directory)));
  }

  @Test
  void labels_mustBeThere_andAsManyAsTheLogits() {
    model.classifier("A");
    reranker("model.onnx", "gives 2 logits, but id2label in config.json has 1 labels");
    ObjectNode config = TinyModel.config("bert", 16, "BertForSequenceClassification");
    model.config(config);
    reranker("config.json", "names a classifier but does not contain `id2label`");
    config.putObject("id2label").put("0", "A").put("2", "B");
    model.config(config);
    reranker("config.json", "names a classifier but does not contain `label2id`");
    config.putObject("label2id").put("A", 0).put("B", 2);
    model.config(config);
    reranker("config.json", "has 2 entries in `id2label` but none is \"1\"");
    model.weights(model.hidden().output("last_hidden_state", "b", "s", "w"));
    config.putObject("id2label").put("0", "A").put("1", "B");
    model.config(config);
    reranker("model.onnx", "has the outputs [last_hidden_state], but `logits` is wanted");
  }

  @Test
  void options_refuseTwoModels() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new TeiOptions("127.0.0.1", 0, null, 4, 8, 4, 9, true, 1, directory, directory))
            .getMessage();
    assertTrue(message.contains("a server serves one model; start two"), message);
    TeiOptions one = TeiOptions.defaults().withEmbedModelDir(directory).withApiKey("k");
    assertEquals(directory, one.embedModelDir());
    assertEquals("k", one.withRerankModelDir(directory).apiKey());
  }

  @Test
  void failedStart_leavesNoThread() {
    model.config(TinyModel.config("bert", 16, "BertForSequenceClassification"));
    failure(TeiOptions.defaults().withEmbedModelDir(directory));
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("tei-inference")));
  }

  private void wrong(String file, String what) {
    assertEquals(
        directory.resolve(file) + " " + what,
        failure(TeiOptions.defaults().withEmbedModelDir(directory)));
  }

  private void reranker(String file, String what) {
    assertEquals(
        directory.resolve(file) + " " + what,
        failure(TeiOptions.defaults().withRerankModelDir(directory)));
  }

  private static String failure(TeiOptions options) {
    return assertThrows(IllegalStateException.class, () -> EmbeddedTei.start(options)).getMessage();
  }
}
