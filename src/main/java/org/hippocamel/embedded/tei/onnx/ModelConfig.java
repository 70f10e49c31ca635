package org.hippocamel.embedded.tei.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hippocamel.embedded.tei.core.ModelType;
import org.hippocamel.embedded.tei.core.Pooling;

/** What the JSON files of a model directory say, read with the reference's rules. */
final class ModelConfig {
  /** Families whose positions begin behind the padding token's. */
  private static final Set<String> OFFSET = Set.of("xlm-roberta", "camembert", "roberta");

  private static final List<String> SENTENCE_CONFIGS =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  private final ModelFiles files;
  private final JsonNode config;

  private ModelConfig(ModelFiles files, JsonNode config) {
    this.files = files;
    this.config = config;
  }

  /**
   * @throws IllegalStateException if there is no config.json, or it cannot be read
   */
  static ModelConfig read(ModelFiles files) {
    return new ModelConfig(files, files.json("config.json"));
  }

  /**
   * A classifier if an architecture's name says so, else an embedding model.
   *
   * @throws IllegalStateException if labels or pooling are missing
   */
  ModelType modelType() {
    for (JsonNode architecture : config.path("architectures")) {
      if (architecture.asText().endsWith("Classification")) {
        return new ModelType.Classifier(labels());
      }
    }
    return new ModelType.Embedding(pooling());
  }

  /** Tokens of one input, specials included. */
  int maxInputLength() {
    for (String name : SENTENCE_CONFIGS) {
      if (files.has(name)) {
        JsonNode length = files.json(name).path("max_seq_length");
        if (length.isInt()) {
          return positive(name, "max_seq_length", length.asInt());
        }
      }
    }
    JsonNode positions = config.path("max_position_embeddings");
    positions = positions.isInt() ? positions : config.path("n_positions");
    if (!positions.isInt()) {
      throw files.wrong(
          "config.json", "has no number `max_position_embeddings`; the longest input is unknown");
    }
    String family = config.path("model_type").asText();
    int offset = OFFSET.contains(family) ? config.path("pad_token_id").asInt(0) + 1 : 0;
    return positive("config.json", "max_position_embeddings", positions.asInt() - offset);
  }

  private int positive(String file, String name, int value) {
    if (value < 1) {
      throw files.wrong(file, "has `" + name + "` that leaves " + value + " tokens");
    }
    return value;
  }

  private List<String> labels() {
    JsonNode id2label = config.path("id2label");
    if (!id2label.isObject() || id2label.isEmpty()) {
      throw files.wrong("config.json", "names a classifier but does not contain `id2label`");
    }
    if (!config.path("label2id").isObject()) {
      throw files.wrong("config.json", "names a classifier but does not contain `label2id`");
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < id2label.size(); i++) {
      JsonNode label = id2label.path(Integer.toString(i));
      if (!label.isTextual()) {
        throw files.wrong(
            "config.json",
            "has %d entries in `id2label` but none is \"%d\"".formatted(id2label.size(), i));
      }
      labels.add(label.asText());
    }
    return List.copyOf(labels);
  }

  private Pooling pooling() {
    String name = "1_Pooling/config.json";
    if (!files.has(name)) {
      if (config.path("model_type").asText().contains("bert")) {
        return Pooling.CLS;
      }
      throw files.wrong(
          name,
          "is missing, and for model_type \"%s\" the pooling cannot be guessed"
              .formatted(config.path("model_type").asText()));
    }
    JsonNode modes = files.json(name);
    if (modes.path("pooling_mode_cls_token").asBoolean()) {
      return Pooling.CLS;
    }
    if (modes.path("pooling_mode_mean_tokens").asBoolean()) {
      return Pooling.MEAN;
    }
    if (modes.path("pooling_mode_lasttoken").asBoolean()) {
      return Pooling.LAST_TOKEN;
    }
    throw files.wrong(name, "asks for none of the poolings cls, mean and lasttoken");
  }
}
