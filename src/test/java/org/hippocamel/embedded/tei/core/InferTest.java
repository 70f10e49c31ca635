package org.hippocamel.embedded.tei.core;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hippocamel.embedded.tei.onnx.ModelResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Permits, lanes and failures, with a model that waits for leave. */
@Timeout(20)
class InferTest {
  private static final long HELLO = 7592;

  /** The vector is (id of the first word, 1); only "hello" needs no leave. */
  private static final class GatedBackend implements Backend {
    final Semaphore gate = new Semaphore(0);
    final AtomicInteger running = new AtomicInteger();
    final List<Long> order = Collections.synchronizedList(new ArrayList<>());
    volatile boolean broken;
    volatile Error error;
    volatile boolean closedWhileRunning;

    @Override
    public int dimensions() {
      return 2;
    }

    @Override
    public ModelType modelType() {
      return new ModelType.Embedding(Pooling.CLS);
    }

    @Override
    public float[][] embedAll(ValidEncoding input) throws InterruptedException {
      return new float[][] {embed(input)};
    }

    @Override
    public float[] predict(ValidEncoding input) {
      throw new AssertionError("this is no classifier");
    }

    @Override
    public float[] embed(ValidEncoding input) throws InterruptedException {
      long[] ids = input.ids();
      running.incrementAndGet();
      try {
        if (ids[1] != HELLO) {
          gate.acquire();
        }
        if (error != null) {
          throw error;
        }
        if (broken) {
          throw new IllegalStateException("out of memory");
        }
        order.add(ids[1]);
        return new float[] {ids[1], 1};
      } finally {
        running.decrementAndGet();
      }
    }

    @Override
    public void close() {
      closedWhileRunning = running.get() > 0;
    }
  }

  private final GatedBackend backend = new GatedBackend();
  private final Metrics metrics = new Metrics(512);
  private Infer infer;

  @BeforeEach
  void start() throws Exception {
    try (var json = ModelResources.tokenizer()) {
      infer = new Infer(new Tokenization(json, 512), backend, metrics, 8, 1);
    }
  }

  @AfterEach
  void stop() {
    backend.gate.release(1000);
    infer.close();
    assertFalse(backend.closedWhileRunning);
  }

  @Test
  void vectors_comeInInputOrder() {
    backend.gate.release(1000);
    InferResponse answer = infer.infer(call(Lane.BULK, "one", "two", "one")).join();
    assertArrayEquals(answer.firstRows().get(0), answer.firstRows().get(2));
    assertEquals(9, answer.tokens());
    assertEquals(8, infer.freePermits());
  }

  @Test
  void permits_areAllOrNothing() {
    infer.infer(call(Lane.BULK, "one", "two", "three", "four", "five"));
    assertEquals(3, infer.freePermits());
    InferCall four = call(Lane.BULK, "a", "b", "c", "d");
    assertEquals(
        ErrorType.OVERLOADED, assertThrows(TeiException.class, () -> infer.infer(four)).type());
    assertEquals(3, infer.freePermits());
  }

  @Test
  void permits_comeBackOneByOne() {
    infer.infer(call(Lane.BULK, "one", "two", "three"));
    await().until(() -> backend.running.get() == 1);
    backend.gate.release(1);
    await().until(() -> infer.freePermits() == 6);
  }

  @Test
  void interactive_isServedWhileBulkRuns() {
    CompletableFuture<InferResponse> bulk = infer.infer(call(Lane.BULK, "one", "two", "three"));
    await().until(() -> backend.running.get() == 1);
    CompletableFuture<InferResponse> query = infer.infer(call(Lane.INTERACTIVE, "hello"));
    query.join();
    assertFalse(bulk.isDone());
  }

  @Test
  void cancelledCall_leavesTheQueue() {
    CompletableFuture<InferResponse> gone = infer.infer(call(Lane.BULK, "one", "two", "three"));
    await().until(() -> backend.running.get() == 1);
    gone.cancel(false);
    backend.gate.release(1);
    await().until(() -> infer.freePermits() == 8);
    assertEquals(1, backend.order.size());
    assertTrue(metrics.render().contains("te_request_failure{err=\"dropped\"} 2\n"));
  }

  @Test
  void refusedText_costsNoInference() {
    backend.gate.release(1000);
    CompletableFuture<InferResponse> answer = infer.infer(call(Lane.BULK, "one", ""));
    assertEquals(ErrorType.EMPTY, failure(answer).type());
    assertEquals(List.of(), backend.order);
    assertEquals(8, infer.freePermits());
  }

  @Test
  void failedInference_isTold_andHealthIsTriedAgain() {
    backend.broken = true;
    backend.gate.release(2);
    TeiException told = failure(infer.infer(call(Lane.BULK, "one")));
    assertEquals(ErrorType.BACKEND, told.type());
    assertEquals("Backend error: out of memory", told.getMessage());
    assertFalse(infer.health().join());
    backend.broken = false;
    backend.gate.release(1);
    assertTrue(infer.health().join());
  }

  @Test
  void error_isTold_andItsThreadGoesOn() {
    backend.error = new OutOfMemoryError("Java heap space");
    backend.gate.release(1000);
    for (int i = 0; i < 3; i++) {
      TeiException told = failure(infer.infer(call(Lane.BULK, "one")));
      assertEquals(ErrorType.BACKEND, told.type());
      assertEquals("Backend error: Java heap space", told.getMessage());
    }
    assertFalse(infer.health().join());
    backend.error = null;
    assertEquals(1, infer.infer(call(Lane.BULK, "one")).join().firstRows().get(0)[1]);
    assertEquals(8, infer.freePermits());
  }

  @Test
  void tokeniserThatFails_isTold_andGivesThePermitsBack() {
    EncodingInput none = new EncodingInput.Text(null);
    InferCall call =
        new InferCall(List.of(none, none), Lane.BULK, Truncation.RIGHT, null, new Task.EmbedAll());
    assertEquals(ErrorType.BACKEND, failure(infer.infer(call)).type());
    assertEquals(8, infer.freePermits());
    assertEquals(
        ErrorType.BACKEND, failure(infer.tokenize(List.of(none), Lane.BULK, true, null)).type());
  }

  @Test
  void close_failsWhatIsQueued_afterTheRunningInference() {
    CompletableFuture<InferResponse> answer = infer.infer(call(Lane.BULK, "one", "two"));
    await().until(() -> backend.running.get() == 1);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(infer::close);
    assertEquals(ErrorType.BACKEND, failure(answer).type());
    assertFalse(closing.isDone());
    backend.gate.release(1);
    closing.join();
    assertEquals(1, backend.order.size());
  }

  private static TeiException failure(CompletableFuture<?> answer) {
    // Not join(), which no timeout of a test can end.
    return (TeiException)
        assertThrows(ExecutionException.class, () -> answer.get(10, TimeUnit.SECONDS)).getCause();
  }

  private static InferCall call(Lane lane, String... texts) {
    List<EncodingInput> inputs = new ArrayList<>();
    for (String text : texts) {
      inputs.add(new EncodingInput.Text(text));
    }
    return new InferCall(inputs, lane, Truncation.RIGHT, null, new Task.Embed(false, null));
  }
}
