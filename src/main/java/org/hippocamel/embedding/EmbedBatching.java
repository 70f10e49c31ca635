package org.hippocamel.embedding;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Gathers the tickets of an embedder's lane into an {@link EmbedBatch}. A ticket that no longer
 * fits completes the batch before it and begins the next.
 */
public final class EmbedBatching implements AggregationStrategy {
  @Override
  public boolean canPreComplete() {
    return true;
  }

  @Override
  public boolean preComplete(Exchange batch, Exchange ticket) {
    return batch != null
        && !batch
            .getMessage()
            .getBody(EmbedBatch.class)
            .takes(ticket.getMessage().getBody(Ticket.class));
  }

  @Override
  public Exchange aggregate(Exchange batch, Exchange ticket) {
    Ticket next = ticket.getMessage().getBody(Ticket.class);
    if (batch == null) {
      ticket.getMessage().setBody(new EmbedBatch(next));
      // The batch belongs to many callers: nothing of the first one may travel with it.
      ticket.getMessage().removeHeaders("*");
      ticket.getVariables().keySet().forEach(ticket::removeVariable);
      return ticket;
    }
    batch.getMessage().getBody(EmbedBatch.class).add(next);
    return batch;
  }

  /** A batch that its flow sent off has its slot already. */
  @Override
  public void onCompletion(Exchange batch) {
    if (!"force".equals(batch.getProperty(Exchange.AGGREGATED_COMPLETED_BY, String.class))) {
      EmbedBatch left = batch.getMessage().getBody(EmbedBatch.class);
      left.embedder().flow(left.lane()).left();
    }
  }
}
