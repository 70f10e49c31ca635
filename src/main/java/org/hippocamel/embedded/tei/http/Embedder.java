package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hippocamel.embedded.tei.core.EmbedCall;
import org.hippocamel.embedded.tei.core.Embeddings;
import org.hippocamel.embedded.tei.core.Infer;
import org.hippocamel.embedded.tei.core.Metrics;
import org.hippocamel.embedded.tei.core.TeiException;

/** What the native and the OpenAI route do alike: count, check the batch, embed, tell the times. */
final class Embedder {
  private final Infer infer;
  private final Info info;
  private final Metrics metrics;

  Embedder(Infer infer, Info info, Metrics metrics) {
    this.infer = infer;
    this.info = info;
    this.metrics = metrics;
  }

  boolean autoTruncate() {
    return info.autoTruncate();
  }

  /**
   * @param body writes the vectors; runs on the thread that finished the last of them
   */
  CompletableFuture<Reply> embed(
      Request request, Input input, EmbedCall call, Function<Embeddings, byte[]> body) {
    metrics.count("te_request_count", "method", input.method());
    int size = input.items().size();
    if (input.isBatch() && size > info.maxClientBatchSize()) {
      metrics.count("te_request_failure", "err", "batch_size");
      throw TeiException.batchTooLarge(size, info.maxClientBatchSize());
    }
    CompletableFuture<Embeddings> answer = infer.embed(call);
    request.gone().thenRun(() -> answer.cancel(false));
    return answer.thenApply(
        embeddings -> {
          metrics.count("te_request_success", "method", input.method());
          long total = System.nanoTime() - request.startedNanos();
          ResponseMetadata metadata = new ResponseMetadata(input.characters(), embeddings, total);
          metadata.record(metrics);
          return Reply.json(200, body.apply(embeddings)).with(metadata.headers());
        });
  }
}
