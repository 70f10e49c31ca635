package org.hippocamel.batching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowTest {
  private static final int SLOTS = 2;

  private final Group group = new Group(4);
  private final Flow flow = new Flow(() -> SLOTS, group);
  private ExecutorService calls;

  @AfterEach
  void stop() {
    if (calls != null) {
      calls.shutdownNow();
    }
  }

  @Test
  void arrived_sendsTheBatchAtOnce_whileASlotIsFree() {
    group.add(flow);
    group.add(flow);
    assertEquals(List.of(1, 1), group.sent);
    assertEquals(2, flow.inFlight());
  }

  @Test
  void arrived_letsTheBatchFill_whenNoSlotIsFree() {
    group.add(flow, 5);
    assertEquals(List.of(1, 1), group.sent);
    assertEquals(3, group.waiting);
  }

  @Test
  void returned_handsItsSlotToEverythingThatWaits() {
    group.add(flow, 5);
    flow.returned();
    assertEquals(List.of(1, 1, 3), group.sent);
    assertEquals(2, flow.inFlight());
  }

  @Test
  void returned_givesItsSlotBack_whenNothingWaits() {
    group.add(flow, 2);
    flow.returned();
    assertEquals(1, flow.inFlight());
    flow.returned();
    assertEquals(0, flow.inFlight());
  }

  @Test
  void aFullBatch_leavesWithoutASlot_whenAnotherTicketNeedsRoom() {
    group.add(flow, 7);
    assertEquals(List.of(1, 1, 4), group.sent);
    assertEquals(3, flow.inFlight());
    assertEquals(1, group.waiting);
  }

  @Test
  void returned_paysBackWhatLeftWithoutASlot_beforeItHandsOn() {
    group.add(flow, 7);
    flow.returned();
    assertEquals(List.of(1, 1, 4), group.sent);
    assertEquals(2, flow.inFlight());
    flow.returned();
    assertEquals(List.of(1, 1, 4, 1), group.sent);
  }

  @Test
  void returned_looksAgain_whenATicketCameWhileItLooked() {
    group.add(flow, 2);
    group.whenEmpty = () -> group.add(flow);
    flow.returned();
    assertEquals(List.of(1, 1, 1), group.sent);
    assertEquals(0, group.waiting);
    assertEquals(2, flow.inFlight());
  }

  @Test
  void flow_strandsNoTicketAndEndsWithEverySlotFree_whateverTheSchedule() throws Exception {
    int callers = 8;
    int each = 4_000;
    AtomicInteger answered = new AtomicInteger();
    calls = Executors.newFixedThreadPool(SLOTS);
    Random schedule = new Random(7);
    long[] seeds = schedule.longs(callers).toArray();
    group.call =
        texts ->
            calls.execute(
                () -> {
                  spin(texts * 200);
                  answered.addAndGet(texts);
                  flow.returned();
                });
    List<CompletableFuture<Void>> all = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      for (long seed : seeds) {
        all.add(CompletableFuture.runAsync(() -> addAtRandom(new Random(seed), each), threads));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdown();
    }
    // Nothing but the flow sends batches here: a stranded ticket would wait for ever.
    Awaitility.await().untilAsserted(() -> assertEquals(callers * each, answered.get()));
    Awaitility.await().untilAsserted(() -> assertEquals(0, flow.inFlight()));
    assertTrue(group.sent.size() < callers * each, group.sent.size() + " batches");
    assertTrue(group.sent.stream().allMatch(texts -> texts >= 1 && texts <= 4));
  }

  private void addAtRandom(Random random, int tickets) {
    for (int i = 0; i < tickets; i++) {
      spin(random.nextInt(500));
      group.add(flow);
      assertTrue(flow.inFlight() >= 0);
    }
  }

  /** Busy for a moment, without a clock. */
  private static void spin(int rounds) {
    for (int i = 0; i < rounds; i++) {
      Thread.onSpinWait();
    }
  }

  /** The aggregator as the flow sees it: one group of at most {@code room} texts under a lock. */
  private static final class Group implements AggregateController {
    private final int room;
    private final List<Integer> sent = new ArrayList<>();
    private int waiting;
    private Call call = texts -> {};
    private Runnable whenEmpty = () -> {};

    private interface Call {
      void make(int texts);
    }

    private Group(int room) {
      this.room = room;
    }

    private void add(Flow flow, int tickets) {
      for (int i = 0; i < tickets; i++) {
        add(flow);
      }
    }

    private void add(Flow flow) {
      synchronized (this) {
        if (waiting == room) {
          flow.left();
          send();
        }
        waiting++;
      }
      flow.arrived();
    }

    private void send() {
      int texts = waiting;
      waiting = 0;
      sent.add(texts);
      call.make(texts);
    }

    @Override
    public int forceCompletionOfGroup(String key) {
      synchronized (this) {
        if (waiting > 0) {
          send();
          return 1;
        }
      }
      Runnable meanwhile = whenEmpty;
      whenEmpty = () -> {};
      meanwhile.run();
      return 0;
    }

    @Override
    public void onStart(AggregateProcessor processor) {}

    @Override
    public void onStop(AggregateProcessor processor) {}

    @Override
    public int forceCompletionOfAllGroups() {
      return 0;
    }

    @Override
    public int forceDiscardingOfGroup(String key) {
      return 0;
    }

    @Override
    public int forceDiscardingOfAllGroups() {
      return 0;
    }
  }
}
