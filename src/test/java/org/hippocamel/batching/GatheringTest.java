package org.hippocamel.batching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private final Flow flow = new Flow(() -> 1, new DefaultAggregateController());
  private final Gathering gathering = new Gathering(new Bounds(3, 1_000), flow);

  @Test
  void aggregate_gathersQuestionsInOrder_andNothingElseOfTheFirst() {
    Exchange first = exchange("a", 1);
    first.setVariable("caller", "somebody");
    first.getMessage().setHeader("Authorization", "secret");
    Exchange batch = gathering.aggregate(null, first);
    assertSame(batch, gathering.aggregate(batch, exchange("b", 2)));
    assertEquals(List.of("a", "b"), batch.getMessage().getBody(Batch.class).questions());
    assertTrue(batch.getVariables().isEmpty());
    assertTrue(batch.getMessage().getHeaders().isEmpty());
  }

  @Test
  void preComplete_endsABatchThatHasNoRoomForTheNext() {
    assertFalse(gathering.preComplete(null, exchange("alone, however large", 99)));
    Exchange batch = gathering.aggregate(null, exchange("a", 2));
    assertFalse(gathering.preComplete(batch, exchange("b", 1)));
    assertTrue(gathering.preComplete(batch, exchange("c", 2)));
  }

  @Test
  void onCompletion_takesASlot_unlessTheFlowGaveOne() {
    Exchange batch = gathering.aggregate(null, exchange("a", 1));
    batch.setProperty(Exchange.AGGREGATED_COMPLETED_BY, "force");
    gathering.onCompletion(batch);
    assertEquals(0, flow.inFlight());
    batch.setProperty(Exchange.AGGREGATED_COMPLETED_BY, "strategy");
    gathering.onCompletion(batch);
    assertEquals(1, flow.inFlight());
  }

  private static Exchange exchange(String question, int items) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(new Ticket<String, String>(question, items, 1));
    return exchange;
  }
}
