package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hippocamel.embedded.tei.core.Infer;
import org.hippocamel.embedded.tei.core.InferCall;
import org.hippocamel.embedded.tei.core.InferResponse;
import org.hippocamel.embedded.tei.core.Metrics;
import org.hippocamel.embedded.tei.core.TeiException;

/** What all inference routes do alike: count, check the batch, infer, tell the times. */
final class Inference {
  private final Infer infer;
  private final Info info;
  private final Metrics metrics;

  Inference(Infer infer, Info info, Metrics metrics) {
    this.infer = infer;
    this.info = info;
    this.metrics = metrics;
  }

  Info info() {
    return info;
  }

  Metrics metrics() {
    return metrics;
  }

  /**
   * @param body writes the results; runs on the thread that finished the last of them
   */
  CompletableFuture<Reply> run(
      Request request, Input input, InferCall call, Function<InferResponse, byte[]> body) {
    metrics.count("te_request_count", "method", input.method());
    if (input.isBatch()) {
      checkBatch(input.items().size());
    }
    CompletableFuture<InferResponse> answer = infer.infer(call);
    request.gone().thenRun(() -> answer.cancel(false));
    return answer.thenApply(
        response -> {
          byte[] bytes = body.apply(response);
          metrics.count("te_request_success", "method", input.method());
          long total = System.nanoTime() - request.startedNanos();
          ResponseMetadata metadata = new ResponseMetadata(input.characters(), response, total);
          metadata.record(metrics);
          return Reply.json(200, bytes).with(metadata.headers());
        });
  }

  /**
   * @throws TeiException Validation if a batch has more items than one call may have
   */
  void checkBatch(int size) {
    if (size > info.maxClientBatchSize()) {
      metrics.count("te_request_failure", "err", "batch_size");
      throw TeiException.batchTooLarge(size, info.maxClientBatchSize());
    }
  }

  /** Counts a refusal of what is empty, and makes it. */
  TeiException empty(String field) {
    metrics.count("te_request_failure", "err", "validation");
    return TeiException.nothing(field);
  }
}
