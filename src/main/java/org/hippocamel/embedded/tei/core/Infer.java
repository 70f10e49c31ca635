package org.hippocamel.embedded.tei.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Takes calls from permit to result: permits for all inputs or none, tokenisation, queue,
 * inference. Thread-safe; close it to stop its threads.
 */
public final class Infer implements AutoCloseable {
  private final Tokenization tokenization;
  private final Tokenizers tokenizers;
  private final Backend backend;
  private final Metrics metrics;
  private final Semaphore permits;
  private final Queue queue;
  private final InferenceThreads threads;
  private final ValidEncoding probe;

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
    this.probe = tokenization.probe();
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
   * @throws TeiException before any work: Overloaded if a permit is missing for one of the inputs,
   *     then Backend if this is the wrong model
   */
  public CompletableFuture<InferResponse> infer(InferCall call) {
    if (!permits.tryAcquire(call.inputs().size())) {
      metrics.count("te_request_failure", "err", "overloaded");
      throw TeiException.overloaded();
    }
    try {
      call.task().check(backend.modelType());
    } catch (TeiException e) {
      permits.release(call.inputs().size());
      metrics.count("te_request_failure", "err", "model_type");
      throw e;
    }
    CompletableFuture<InferResponse> answer = new CompletableFuture<>();
    Pending pending = new Pending(call, answer, permits);
    long started = System.nanoTime();
    tokenizers.run(call.lane(), () -> enqueue(pending, started));
    return answer;
  }

  /** Tokens of each text; fails with a {@link TeiException}. Takes no permit. */
  public CompletableFuture<List<List<Token>>> tokenize(
      List<EncodingInput> texts, Lane lane, boolean addSpecialTokens, String promptName) {
    return eachOf(
        texts,
        lane,
        text -> {
          checkPrompt(promptName);
          return tokenization.tokenize((EncodingInput.Text) text, addSpecialTokens);
        });
  }

  /** The text of each list of ids; fails with a {@link TeiException}. Takes no permit. */
  public CompletableFuture<List<String>> decode(
      List<long[]> ids, Lane lane, boolean skipSpecialTokens) {
    return eachOf(ids, lane, one -> tokenization.decode(one, skipSpecialTokens));
  }

  /** Whether the model answers; after a failed inference it is tried before it is believed. */
  public CompletableFuture<Boolean> health() {
    if (threads.healthy()) {
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    tokenizers.run(Lane.INTERACTIVE, () -> answer.complete(threads.probe(probe)));
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

  private <T, R> CompletableFuture<List<R>> eachOf(List<T> inputs, Lane lane, Function<T, R> work) {
    CompletableFuture<List<R>> answer = new CompletableFuture<>();
    tokenizers.run(
        lane,
        () -> {
          try {
            answer.complete(inputs.stream().map(work).toList());
          } catch (Throwable e) { // whatever it is, somebody waits
            answer.completeExceptionally(TeiException.of(e));
            metrics.count("te_request_failure", "err", "tokenization");
          }
        });
    return answer;
  }

  private void enqueue(Pending pending, long started) {
    InferCall call = pending.call;
    List<Entry> entries = new ArrayList<>(call.inputs().size());
    try {
      for (EncodingInput input : call.inputs()) {
        metrics.count(call.task().series() + "count");
        ValidEncoding encoding = encode(input, call);
        long now = System.nanoTime();
        pending.tokens.add(encoding.length());
        pending.tokenizationNanos.add(now - started);
        metrics.recordNanos(call.task().series() + "tokenization_duration", now - started);
        metrics.record("te_request_input_length", encoding.length());
        entries.add(new Entry(pending, entries.size(), encoding, started, now));
      }
      if (call.task() instanceof Task.Embed embed) {
        checkDimensions(embed.dimensions());
      }
    } catch (Throwable e) { // whatever it is, somebody waits and permits are held
      pending.refused(TeiException.of(e));
      metrics.count("te_request_failure", "err", "tokenization");
      return;
    }
    queue.append(entries, call.lane());
  }

  private ValidEncoding encode(EncodingInput input, InferCall call) {
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
