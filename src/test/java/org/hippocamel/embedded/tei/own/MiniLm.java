package org.hippocamel.embedded.tei.own;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;

/** A second real model for tests: all-MiniLM-L6-v2, quantised, mean pooling, 384 dimensions. */
public final class MiniLm {
  /** Id of its space. */
  public static final String SPACE = "all-MiniLM-L6-v2-384";

  private MiniLm() {}

  /** An embedded TEI that serves it; its files are copied into the folder. */
  public static EmbeddedTei start(Path folder) throws IOException {
    return EmbeddedTei.start(TeiOptions.defaults().withEmbedModelDir(directory(folder)));
  }

  /** A directory as the hub has it. */
  public static Path directory(Path folder) throws IOException {
    Path model = Files.createDirectories(folder.resolve("all-MiniLM-L6-v2"));
    copy("/all-minilm-l6-v2-q.onnx", model.resolve("model.onnx"));
    copy("/all-minilm-l6-v2-q-tokenizer.json", model.resolve("tokenizer.json"));
    Files.writeString(
        model.resolve("config.json"),
        "{\"model_type\": \"bert\", \"max_position_embeddings\": 512, \"hidden_size\": 384}");
    Files.createDirectories(model.resolve("1_Pooling"));
    Files.writeString(
        model.resolve("1_Pooling/config.json"),
        "{\"word_embedding_dimension\": 384, \"pooling_mode_mean_tokens\": true}");
    Files.writeString(model.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 256}");
    return model;
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream in = MiniLm.class.getResourceAsStream(resource)) {
      Files.copy(in, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
