package org.hippocamel.embedded.tei.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.hippocamel.embedded.tei.core.ModelType;
import org.hippocamel.embedded.tei.core.Pooling;
import org.hippocamel.embedded.tei.core.Tokenization;

/**
 * A model that has been loaded and has run once.
 *
 * @param id what {@code /info} calls it
 * @param revision names the weights
 * @param maxInputLength tokens of one input, specials included
 */
public record Model(
    String id,
    String revision,
    int maxInputLength,
    Tokenization tokenization,
    OnnxBackend backend) {
  private static final String BUILT_IN = "BAAI/bge-small-en-v1.5";
  private static final int BUILT_IN_MAX_TOKENS = 512;

  /**
   * The quantised bge-small-en-v1.5 from the class path.
   *
   * @param clamp given the tokens that the model reads, answers those that are allowed
   */
  public static Model builtIn(IntUnaryOperator clamp) {
    byte[] weights = ModelResources.weights();
    int length = clamp.applyAsInt(BUILT_IN_MAX_TOKENS);
    // Side by side, since each of them takes a tenth of a second or more.
    CompletableFuture<String> revision =
        CompletableFuture.supplyAsync(() -> ModelResources.revision(weights));
    CompletableFuture<Tokenization> tokenization =
        CompletableFuture.supplyAsync(
            () -> tokenization(ModelResources.tokenizer(), "the tokenizer", length));
    ModelType type = new ModelType.Embedding(Pooling.CLS);
    return together(
        BUILT_IN, revision, length, tokenization, () -> OnnxBackend.of("the model", weights, type));
  }

  /**
   * A user's own model.
   *
   * @param directory with {@code model.onnx} or {@code onnx/model.onnx}, {@code tokenizer.json} and
   *     {@code config.json}
   * @param clamp given the tokens that the model reads, answers those that are allowed
   * @throws IllegalStateException naming the file that is missing or wrong
   */
  public static Model in(Path directory, IntUnaryOperator clamp) {
    ModelFiles files = new ModelFiles(directory);
    ModelConfig config = ModelConfig.read(files);
    ModelType type = config.modelType();
    Path weights = files.weights();
    int length = clamp.applyAsInt(config.maxInputLength());
    InputStream tokenizer = files.open("tokenizer.json");
    String name = directory.resolve("tokenizer.json").toString();
    return together(
        directory.toString(),
        CompletableFuture.supplyAsync(files::revision),
        length,
        CompletableFuture.supplyAsync(() -> tokenization(tokenizer, name, length)),
        () -> OnnxBackend.of(weights, type));
  }

  public ModelType type() {
    return backend.modelType();
  }

  public void close() {
    backend.close();
    tokenization.close();
  }

  private static Model together(
      String id,
      CompletableFuture<String> revision,
      int length,
      CompletableFuture<Tokenization> tokenization,
      Supplier<OnnxBackend> loading) {
    OnnxBackend backend = null;
    try {
      backend = loading.get();
      backend.warmUp(tokenization.join().probe());
      return new Model(id, revision.join(), length, tokenization.join(), backend);
    } catch (RuntimeException e) {
      if (backend != null) {
        backend.close();
      }
      tokenization.thenAccept(Tokenization::close);
      throw e instanceof CompletionException && e.getCause() instanceof IllegalStateException cause
          ? cause
          : e;
    }
  }

  private static Tokenization tokenization(InputStream json, String name, int maxInputLength) {
    try (json) {
      Tokenization tokenization = new Tokenization(json, maxInputLength);
      tokenization.probe();
      return tokenization;
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(name + " cannot be used: " + e.getMessage(), e);
    }
  }
}
