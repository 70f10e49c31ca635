package org.hippocamel.embedded.tei.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Takes calls from permit to vectors: permits for all inputs or none, tokenisation, queue,
 * inference. Thread-safe; close it to stop its threads.
 */
public final class Infer implements AutoCloseable {
  private static final long[] PROBE = {101, 102};

  private final Tokenization tokenization;
  private final Tokenizers tokenizers;
  private final Backend backend;
  private final Metrics metrics;
  private final Semaphore permits;
  private final Queue queue;
  private final InferenceThreads threads;

  /**
   * @param maxConcurrentRequests inputs in flight, all calls together
   * @param inferenceThreads threads for both lanes; one more serves the interactive lane alone
   */
  public Infer(
      Tokenization tokenization,
      Backend backend,
      Metrics metrics,
      int maxConcurrentRequests,
      int inferenceThreads) {
    this.tokenization = tokenization;
    this.backend = backend;
    this.metrics = metrics;
    this.permits = new Semaphore(maxConcurrentRequests);
    this.tokenizers = new Tokenizers();
    this.queue = new Queue(metrics);
    this.threads = new InferenceThreads(queue, backend, metrics, inferenceThreads);
  }

  /**
   * Starts a call.
   *
   * @return fails with a {@link TeiException}; cancel it when nobody waits any more, then its
   *     inputs leave the queue
   * @throws TeiException Overloaded, before any work, if a permit is missing for one of the inputs
   */
  public CompletableFuture<Embeddings> embed(EmbedCall call) {
    if (!permits.tryAcquire(call.inputs().size())) {
      metrics.count("te_request_failure", "err", "overloaded");
      throw TeiException.overloaded();
    }
    CompletableFuture<Embeddings> answer = new CompletableFuture<>();
    Pending pending = new Pending(call, answer, permits);
    long started = System.nanoTime();
    tokenizers.run(call.lane(), () -> enqueue(pending, started));
    return answer;
  }

  /** Tokens of each text; fails with a {@link TeiException}. */
  public CompletableFuture<List<List<Token>>> tokenize(
      List<EncodingInput> texts, Lane lane, boolean addSpecialTokens, String promptName) {
    CompletableFuture<List<List<Token>>> answer = new CompletableFuture<>();
    tokenizers.run(
        lane,
        () -> {
          try {
            List<List<Token>> all = new ArrayList<>();
            for (EncodingInput text : texts) {
              checkPrompt(promptName);
              all.add(tokenization.tokenize((EncodingInput.Text) text, addSpecialTokens));
            }
            answer.complete(all);
          } catch (TeiException e) {
            metrics.count("te_request_failure", "err", "tokenization");
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Whether the model answers; after a failed inference it is tried before it is believed. */
  public CompletableFuture<Boolean> health() {
    if (threads.healthy()) {
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    tokenizers.run(Lane.INTERACTIVE, () -> answer.complete(threads.probe(PROBE)));
    return answer;
  }

  /** Permits that are free now. */
  int freePermits() {
    return permits.availablePermits();
  }

  /** Waits for running inferences; what is queued is not served any more. */
  @Override
  public void close() {
    tokenizers.close();
    TeiException closed = TeiException.backend("the server is closed", null);
    queue.close().forEach(entry -> entry.pending().failed(closed));
    threads.close();
    backend.close();
    tokenization.close();
  }

  private void enqueue(Pending pending, long started) {
    EmbedCall call = pending.call;
    List<Entry> entries = new ArrayList<>(call.inputs().size());
    try {
      for (EncodingInput input : call.inputs()) {
        metrics.count("te_embed_count");
        long[] ids = encode(input, call);
        long now = System.nanoTime();
        pending.tokens.add(ids.length);
        pending.tokenizationNanos.add(now - started);
        metrics.recordNanos("te_embed_tokenization_duration", now - started);
        metrics.record("te_request_input_length", ids.length);
        entries.add(new Entry(pending, entries.size(), ids, started, now));
      }
      checkDimensions(call.dimensions());
    } catch (TeiException e) {
      metrics.count("te_request_failure", "err", "tokenization");
      pending.refused(e);
      return;
    }
    queue.append(entries, call.lane());
  }

  private long[] encode(EncodingInput input, EmbedCall call) {
    if (input.isEmpty()) {
      throw TeiException.empty("inputs");
    }
    checkPrompt(call.promptName());
    return tokenization.encode(input, call.truncation());
  }

  /** The model ships no prompts, so every name is unknown. */
  private static void checkPrompt(String name) {
    if (name != null) {
      // TEI names its own flag here even when the caller sent the name.
      throw TeiException.invalid(
          "`default-prompt-name` is set to `%s` but no prompts were found in the Sentence"
                  .formatted(name)
              + " Transformers configuration");
    }
  }

  private void checkDimensions(Integer dimensions) {
    if (dimensions != null && dimensions == 0) {
      throw TeiException.invalid("`dimensions` should be positive");
    }
    if (dimensions != null && dimensions > backend.dimensions()) {
      throw TeiException.invalid(
          "`dimensions` should be smaller than the maximum embedding dimension %d. Given: %d"
              .formatted(backend.dimensions(), dimensions));
    }
  }
}
