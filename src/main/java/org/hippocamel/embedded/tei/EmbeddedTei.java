package org.hippocamel.embedded.tei;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hippocamel.embedded.tei.core.Infer;
import org.hippocamel.embedded.tei.core.Metrics;
import org.hippocamel.embedded.tei.core.Tokenization;
import org.hippocamel.embedded.tei.http.Info;
import org.hippocamel.embedded.tei.http.Router;
import org.hippocamel.embedded.tei.http.TeiServer;
import org.hippocamel.embedded.tei.onnx.ModelResources;
import org.hippocamel.embedded.tei.onnx.OnnxBackend;

/**
 * A running server with the contract of TEI 1.9.3, for one quantised bge-small-en-v1.5 (384
 * dimensions, first-token pooling, 512 tokens). Thread-safe; close it to free its port, threads and
 * 300 MB of native memory.
 *
 * <p>One thing is more than a TEI has: a request with the header {@code x-priority: interactive}
 * overtakes the others. A real TEI ignores the header.
 */
public final class EmbeddedTei implements AutoCloseable {
  private static final long[] WARM_UP = {101, 7592, 102};
  private static final int TOKENIZATION_WORKERS = 2;

  private final Infer infer;
  private final TeiServer server;
  private final String url;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedTei(Infer infer, TeiServer server, String host) {
    this.infer = infer;
    this.server = server;
    this.url = "http://" + host + ":" + server.port();
  }

  /**
   * Loads the model, runs it once, then binds: a refused connection means "not ready", as with the
   * real one.
   *
   * @throws IllegalStateException if the address cannot be bound or the model cannot be loaded
   */
  public static EmbeddedTei start(TeiOptions options) {
    byte[] weights = ModelResources.weights();
    // Side by side, since each of them takes a tenth of a second or more.
    CompletableFuture<String> revision =
        CompletableFuture.supplyAsync(() -> ModelResources.revision(weights));
    CompletableFuture<Tokenization> tokenization =
        CompletableFuture.supplyAsync(() -> tokenization(options.maxInputLength()));
    OnnxBackend backend = new OnnxBackend(weights);
    warmUp(backend);
    Metrics metrics = new Metrics(options.maxInputLength());
    Infer infer =
        new Infer(
            tokenization.join(),
            backend,
            metrics,
            options.maxConcurrentRequests(),
            options.threads());
    Router router = new Router(infer, info(options, revision.join()), metrics);
    try {
      TeiServer server =
          new TeiServer(
              router, options.host(), options.port(), options.apiKey(), options.payloadLimit());
      return new EmbeddedTei(infer, server, options.host());
    } catch (RuntimeException e) {
      infer.close();
      throw e;
    }
  }

  public String url() {
    return url;
  }

  /** Closes the port, then waits for running inferences; what is queued is not served any more. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.close();
      infer.close();
    }
  }

  private static void warmUp(OnnxBackend backend) {
    try {
      backend.embed(WARM_UP);
    } catch (Exception e) {
      backend.close();
      throw new IllegalStateException("the model does not run: " + e.getMessage(), e);
    }
  }

  private static Tokenization tokenization(int maxInputLength) {
    try (InputStream json = ModelResources.tokenizer()) {
      return new Tokenization(json, maxInputLength);
    } catch (IOException e) {
      throw new UncheckedIOException("the tokenizer cannot be loaded", e);
    }
  }

  private static Info info(TeiOptions options, String revision) {
    return new Info(
        revision,
        options.maxConcurrentRequests(),
        options.maxInputLength(),
        options.maxBatchTokens(),
        options.maxClientBatchSize(),
        options.autoTruncate(),
        TOKENIZATION_WORKERS);
  }
}
