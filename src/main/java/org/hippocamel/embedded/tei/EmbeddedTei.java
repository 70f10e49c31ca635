package org.hippocamel.embedded.tei;

import java.util.concurrent.atomic.AtomicBoolean;
import org.hippocamel.embedded.tei.core.Infer;
import org.hippocamel.embedded.tei.core.Metrics;
import org.hippocamel.embedded.tei.core.ModelType;
import org.hippocamel.embedded.tei.http.Info;
import org.hippocamel.embedded.tei.http.Router;
import org.hippocamel.embedded.tei.http.TeiServer;
import org.hippocamel.embedded.tei.onnx.Model;

/**
 * A running server with the contract of TEI 1.9.3 for one model: a quantised bge-small-en-v1.5 (384
 * dimensions, first-token pooling, 512 tokens) unless the options name another. Thread-safe; close
 * it to free its port, its threads and the model's native memory, 300 MB for the built-in one.
 *
 * <p>One thing is more than a TEI has: a request with the header {@code x-priority: interactive}
 * overtakes the others. A real TEI ignores the header.
 */
public final class EmbeddedTei implements AutoCloseable {
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
   * @throws IllegalStateException if the address cannot be bound or the model cannot be loaded,
   *     naming the file that is missing or wrong
   */
  public static EmbeddedTei start(TeiOptions options) {
    Model model = model(options);
    Metrics metrics = new Metrics(model.maxInputLength());
    Infer infer =
        new Infer(
            model.tokenization(),
            model.backend(),
            metrics,
            options.maxConcurrentRequests(),
            options.threads());
    try {
      Router router = new Router(infer, info(options, model), metrics);
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

  private static Model model(TeiOptions options) {
    if (options.embedModelDir() != null) {
      Model model = Model.in(options.embedModelDir(), options::maxInputLength);
      return expect(model, model.type() instanceof ModelType.Embedding, "an embedding model");
    }
    if (options.rerankModelDir() != null) {
      Model model = Model.in(options.rerankModelDir(), options::maxInputLength);
      return expect(model, model.type() instanceof ModelType.Classifier, "a cross-encoder");
    }
    return Model.builtIn(options::maxInputLength);
  }

  private static Model expect(Model model, boolean fits, String kind) {
    if (!fits) {
      model.close();
      throw new IllegalStateException(
          model.id()
              + " is not "
              + kind
              + ": in config.json a name in `architectures` ends with Classification for a"
              + " cross-encoder, and for an embedding model none does");
    }
    return model;
  }

  private static Info info(TeiOptions options, Model model) {
    return new Info(
        model.id(),
        model.revision(),
        model.type(),
        options.maxConcurrentRequests(),
        model.maxInputLength(),
        options.maxBatchTokens(),
        options.maxClientBatchSize(),
        options.autoTruncate(),
        TOKENIZATION_WORKERS);
  }
}
