package org.hippocamel.embedding;

import org.apache.camel.processor.aggregate.AggregateController;

/**
 * Natural batching for one lane: a batch leaves at once while a call is free; otherwise it fills up
 * until a call returns and takes along everything that came meanwhile. So an idle system waits for
 * nothing and a busy one sends full batches. Thread-safe.
 *
 * <p>A returning call hands its slot over to the batch it releases. The slot is taken where the
 * batch is completed, not where its call begins, else many batches of one text would leave in the
 * gap between the two.
 */
public final class EmbedFlow {
  /** The single group of the lane's aggregator. */
  public static final String GROUP = "lane";

  private final Lane lane;
  private final CurrentLimits limits;
  private final AggregateController controller;
  private int inFlight;

  public EmbedFlow(Lane lane, CurrentLimits limits, AggregateController controller) {
    this.lane = lane;
    this.limits = limits;
    this.controller = controller;
  }

  /** Completion predicate, asked under the aggregator's lock after each ticket. */
  public synchronized boolean leaves(EmbedBatch batch) {
    boolean free = inFlight < limits.get().calls(lane);
    if (free || batch.full(limits.get())) {
      inFlight++;
      return true;
    }
    return false;
  }

  /** A batch left without asking {@link #leaves}: it was displaced by a ticket, or timed out. */
  synchronized void left() {
    inFlight++;
  }

  /** A call of this lane has returned, well or not. */
  public void returned() {
    if (over() || controller.forceCompletionOfGroup(GROUP) == 0) {
      release();
    }
  }

  private synchronized boolean over() {
    return inFlight > limits.get().calls(lane);
  }

  private synchronized void release() {
    inFlight--;
  }

  /** Batches that have left and not returned. */
  public synchronized int inFlight() {
    return inFlight;
  }
}
