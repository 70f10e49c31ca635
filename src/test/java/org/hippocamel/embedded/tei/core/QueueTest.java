package org.hippocamel.embedded.tei.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueueTest {
  private final Metrics metrics = new Metrics(512);
  private final Queue queue = new Queue(metrics);
  private final Semaphore permits = new Semaphore(0);

  @Test
  void next_isFirstInFirstOut() throws Exception {
    add(Lane.BULK, 1);
    add(Lane.BULK, 2);
    assertEquals(List.of(1L, 2L), List.of(take(), take()));
  }

  @Test
  void next_prefersInteractive_butNotTwiceWhileBulkWaits() throws Exception {
    add(Lane.BULK, 1);
    add(Lane.BULK, 2);
    add(Lane.INTERACTIVE, 7);
    add(Lane.INTERACTIVE, 8);
    assertEquals(List.of(7L, 1L, 8L, 2L), List.of(take(), take(), take(), take()));
  }

  @Test
  void next_servesInteractiveInARow_whenNoBulkWaits() throws Exception {
    add(Lane.INTERACTIVE, 7);
    add(Lane.INTERACTIVE, 8);
    assertEquals(List.of(7L, 8L), List.of(take(), take()));
  }

  @Test
  void nextInteractive_neverTakesBulk() throws Exception {
    add(Lane.BULK, 1);
    CompletableFuture<Long> taken = new CompletableFuture<>();
    Thread thread = new Thread(() -> taken.complete(takeInteractive()));
    thread.start();
    add(Lane.INTERACTIVE, 7);
    assertEquals(7L, taken.get());
    thread.join();
    assertEquals(1L, take());
  }

  @Test
  void next_skipsWhatNobodyWaitsFor() throws Exception {
    add(Lane.BULK, 1).cancel(false);
    add(Lane.BULK, 2);
    assertEquals(2L, take());
    assertEquals(1, permits.availablePermits());
    assertTrue(metrics.render().contains("te_request_failure{err=\"dropped\"} 1\n"));
  }

  @Test
  void close_givesBackTheRest_andEndsWaiting() throws Exception {
    add(Lane.BULK, 1);
    add(Lane.INTERACTIVE, 2);
    assertEquals(2, queue.close().size());
    assertNull(queue.next());
    assertNull(queue.nextInteractive());
    assertTrue(add(Lane.BULK, 3).isCompletedExceptionally());
  }

  @Test
  void size_isAGauge() throws Exception {
    add(Lane.BULK, 1);
    add(Lane.BULK, 2);
    take();
    assertTrue(metrics.render().contains("te_queue_size 1\n"));
  }

  private CompletableFuture<InferResponse> add(Lane lane, long id) {
    EncodingInput input = new EncodingInput.Ids(new long[] {id});
    InferCall call =
        new InferCall(List.of(input), lane, Truncation.RIGHT, null, new Task.EmbedAll());
    CompletableFuture<InferResponse> answer = new CompletableFuture<>();
    Pending pending = new Pending(call, answer, permits);
    queue.append(
        List.of(new Entry(pending, 0, new ValidEncoding(new long[] {id}, new long[1]), 0, 0)),
        lane);
    return answer;
  }

  private long take() throws InterruptedException {
    return queue.next().encoding().ids()[0];
  }

  private long takeInteractive() {
    try {
      return queue.nextInteractive().encoding().ids()[0];
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
