package org.hippocamel.batching;

import java.util.function.IntSupplier;
import org.apache.camel.processor.aggregate.AggregateController;

/**
 * Natural batching for the group of one aggregator: a batch leaves at once while a call is free;
 * otherwise it fills up until a call returns and takes along everything that came meanwhile. So an
 * idle system waits for nothing and a busy one sends full batches. Thread-safe.
 *
 * <p>A slot is taken where a batch is sent off, not where its call begins, else many batches of one
 * text would leave in the gap between the two. A returning call hands its slot to the batch that
 * waits. This is asked from outside of the aggregator, after each ticket: Camel never asks the
 * completion predicate of an aggregator whose strategy completes a group before the next ticket.
 */
public final class Flow {
  /** The aggregator's single group. */
  public static final String GROUP = "all";

  private final IntSupplier slots;
  private final AggregateController controller;
  private int inFlight;
  private boolean missed; // a ticket came while no slot was free

  /**
   * @param slots calls that may be in flight, at least 1; asked each time, for it may change
   * @param controller of the aggregator
   */
  public Flow(IntSupplier slots, AggregateController controller) {
    this.slots = slots;
    this.controller = controller;
  }

  /** A ticket has been added: the batch leaves at once while a call is free. */
  public void arrived() {
    if (taken()) {
      handOn();
    }
  }

  /** A batch left without a slot: the next ticket did not fit, or the safety net caught it. */
  public synchronized void left() {
    inFlight++;
  }

  /** A call has returned, well or not. */
  public void returned() {
    handOn();
  }

  private synchronized boolean taken() {
    if (inFlight < slots.getAsInt()) {
      inFlight++;
      return true;
    }
    missed = true;
    return false;
  }

  /** A slot goes to the batch that waits, or back when none does. */
  private void handOn() {
    while (mayHandOn()) {
      if (controller.forceCompletionOfGroup(GROUP) > 0 || givenBack()) {
        return;
      }
    }
  }

  private synchronized boolean mayHandOn() {
    if (inFlight > slots.getAsInt()) {
      inFlight--;
      return false;
    }
    missed = false;
    return true;
  }

  /** Not while a ticket may have come between the look at the group and now: then look again. */
  private synchronized boolean givenBack() {
    if (missed) {
      return false;
    }
    inFlight--;
    return true;
  }

  /** Batches that have left and not returned. */
  public synchronized int inFlight() {
    return inFlight;
  }
}
