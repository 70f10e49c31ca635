package org.hippocamel.embedded.tei.own;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The directory of a model whose every word has a row of numbers. An embedding model gives each
 * token its row; a cross-encoder adds up the rows, those of a pair's second text tenfold. Words it
 * does not know are [UNK], a row of zeros, as are all specials.
 */
public final class TinyModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SPECIALS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");

  private final Path directory;
  private final Map<String, float[]> words = new LinkedHashMap<>();
  private final int width;
  private int longest = 16;

  private TinyModel(Path directory, int width) {
    this.directory = directory;
    this.width = width;
  }

  /**
   * @param width numbers of each word
   */
  public static TinyModel in(Path directory, int width) {
    return new TinyModel(directory, width);
  }

  /** Adds a word, or gives a special token its numbers. */
  public TinyModel word(String word, float... row) {
    words.put(word, row);
    return this;
  }

  /** Tokens of one input, instead of 16. */
  public TinyModel longest(int tokens) {
    longest = tokens;
    return this;
  }

  /** Writes an embedding model with the output {@code last_hidden_state}. */
  public TinyModel embedding(String modelType) {
    weights(hidden().output("last_hidden_state", "batch", "sequence", "width"));
    tokenizer("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1");
    return config(config(modelType, longest, "BertModel"));
  }

  /** Writes a cross-encoder with as many labels as the model is wide. */
  public TinyModel classifier(String... labels) {
    weights(summed("sum").node("Identity", "sum", "logits").output("logits", "batch", "labels"));
    tokenizer("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1");
    ObjectNode config = config("bert", longest, "BertForSequenceClassification");
    ObjectNode id2label = config.putObject("id2label");
    ObjectNode label2id = config.putObject("label2id");
    for (int i = 0; i < labels.length; i++) {
      id2label.put(Integer.toString(i), labels[i]);
      label2id.put(labels[i], i);
    }
    return config(config);
  }

  /** The nodes that make {@code last_hidden_state}. */
  TinyOnnx hidden() {
    return new TinyOnnx()
        .input("input_ids")
        .input("attention_mask")
        .weights("table", table())
        .node("Gather", "table input_ids", "last_hidden_state");
  }

  /** The nodes that add up all rows, those of token type 1 tenfold. */
  TinyOnnx summed(String output) {
    return new TinyOnnx()
        .input("input_ids")
        .input("attention_mask")
        .input("token_type_ids")
        .weights("table", table())
        .weights("times", new float[][] {{1}, {10}})
        .axis("tokens", 1)
        .node("Gather", "table input_ids", "rows")
        .node("Gather", "times token_type_ids", "factors")
        .node("Mul", "rows factors", "products")
        .node("ReduceSum keepdims=0", "products tokens", output);
  }

  TinyModel weights(TinyOnnx onnx) {
    return write("model.onnx", onnx.toBytes());
  }

  /**
   * A WordPiece tokenizer of the words so far.
   *
   * @param single template of one text, in the words of the tokenizer library
   * @param pair template of two
   */
  TinyModel tokenizer(String single, String pair) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    ObjectNode truncation = root.putObject("truncation"); // must not take effect
    truncation.put("direction", "Right").put("max_length", 4);
    truncation.put("strategy", "LongestFirst").put("stride", 0);
    ObjectNode padding = root.putObject("padding"); // must not take effect either
    padding.putObject("strategy").put("Fixed", 12);
    padding.put("direction", "Right").putNull("pad_to_multiple_of");
    padding.put("pad_id", 0).put("pad_type_id", 0).put("pad_token", "[PAD]");
    ArrayNode added = root.putArray("added_tokens");
    for (int i = 0; i < SPECIALS.size(); i++) {
      ObjectNode token = added.addObject().put("id", i).put("content", SPECIALS.get(i));
      token.put("single_word", false).put("lstrip", false).put("rstrip", false);
      token.put("normalized", false).put("special", true);
    }
    ObjectNode normalizer = root.putObject("normalizer").put("type", "BertNormalizer");
    normalizer.put("clean_text", true).put("handle_chinese_chars", true);
    normalizer.putNull("strip_accents").put("lowercase", true);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode post = root.putObject("post_processor").put("type", "TemplateProcessing");
    template(post.putArray("single"), single);
    template(post.putArray("pair"), pair);
    ObjectNode specials = post.putObject("special_tokens");
    for (String name : List.of("[CLS]", "[SEP]")) {
      ObjectNode special = specials.putObject(name).put("id", name);
      special.putArray("ids").add(SPECIALS.indexOf(name));
      special.putArray("tokens").add(name);
    }
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model").put("type", "WordPiece");
    model.put("unk_token", "[UNK]").put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    ObjectNode vocab = model.putObject("vocab");
    vocabulary().keySet().forEach(word -> vocab.put(word, vocab.size()));
    return write("tokenizer.json", root.toString().getBytes());
  }

  static ObjectNode config(String modelType, int positions, String architecture) {
    ObjectNode config = JSON.createObjectNode().put("model_type", modelType);
    config.put("max_position_embeddings", positions).put("pad_token_id", 1);
    config.putArray("architectures").add(architecture);
    return config;
  }

  TinyModel config(ObjectNode config) {
    return write("config.json", config.toString().getBytes());
  }

  TinyModel write(String name, byte[] bytes) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TinyModel write(String name, String text) {
    return write(name, text.getBytes());
  }

  TinyModel remove(String name) {
    try {
      Files.delete(directory.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path directory() {
    return directory;
  }

  private float[][] table() {
    return vocabulary().values().toArray(float[][]::new);
  }

  private Map<String, float[]> vocabulary() {
    Map<String, float[]> all = new LinkedHashMap<>();
    SPECIALS.forEach(special -> all.put(special, new float[width]));
    all.putAll(words);
    return all;
  }

  private static void template(ArrayNode pieces, String text) {
    for (String word : text.split(" ")) {
      String[] parts = word.split(":");
      int type = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      boolean isText = parts[0].startsWith("$");
      ObjectNode piece = pieces.addObject().putObject(isText ? "Sequence" : "SpecialToken");
      piece.put("id", isText ? parts[0].substring(1) : parts[0]).put("type_id", type);
    }
  }
}
