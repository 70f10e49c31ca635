package org.hippocamel.batching;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Gathers tickets into a {@link Batch}. A ticket that no longer fits completes the batch before it
 * and begins the next.
 */
public final class Gathering implements AggregationStrategy {
  private final Bounds bounds;
  private final Flow flow;

  public Gathering(Bounds bounds, Flow flow) {
    this.bounds = bounds;
    this.flow = flow;
  }

  @Override
  public boolean canPreComplete() {
    return true;
  }

  @Override
  public boolean preComplete(Exchange batch, Exchange ticket) {
    return batch != null && !batch(batch).takes(ticket(ticket), bounds);
  }

  @Override
  public Exchange aggregate(Exchange batch, Exchange ticket) {
    if (batch != null) {
      batch(batch).add(ticket(ticket));
      return batch;
    }
    ticket.getMessage().setBody(new Batch<>(ticket(ticket)));
    // The batch belongs to many callers: nothing of the first one may travel with it.
    ticket.getMessage().removeHeaders("*");
    ticket.getVariables().keySet().forEach(ticket::removeVariable);
    return ticket;
  }

  /** A batch that {@link Flow} sent off has its slot already. */
  @Override
  public void onCompletion(Exchange batch) {
    if (!"force".equals(batch.getProperty(Exchange.AGGREGATED_COMPLETED_BY, String.class))) {
      flow.left();
    }
  }

  @SuppressWarnings("unchecked")
  private static Ticket<Object, Object> ticket(Exchange exchange) {
    return exchange.getMessage().getBody(Ticket.class);
  }

  @SuppressWarnings("unchecked")
  private static Batch<Object, Object> batch(Exchange exchange) {
    return exchange.getMessage().getBody(Batch.class);
  }
}
