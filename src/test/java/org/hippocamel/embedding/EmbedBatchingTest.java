package org.hippocamel.embedding;

import static org.hippocamel.embedding.EmbedSettings.limits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.hippocamel.batching.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbedBatchingTest {
  private final CurrentLimits limits = limits(3, 16);
  private final Embedder embedder = EmbedSettings.embedder("tei", limits, EmbedSettings.serving());
  private final Flow flow = embedder.flow(Lane.QUERY);
  private final EmbedBatching batching = new EmbedBatching();

  @Test
  void aggregate_gathersTicketsInOrder() {
    Exchange batch = batching.aggregate(null, exchange(ticket("a", "b")));
    assertSame(batch, batching.aggregate(batch, exchange(ticket("c"))));
    assertEquals(List.of("a", "b", "c"), batch(batch).whole().texts());
    assertEquals(Lane.QUERY, batch(batch).lane());
    assertEquals(2, batch(batch).tickets().size());
  }

  @Test
  void preComplete_closesTheBatchBeforeATextTooMany() {
    Exchange batch = batching.aggregate(null, exchange(ticket("a", "b")));
    assertFalse(batching.preComplete(batch, exchange(ticket("c"))));
    assertTrue(batching.preComplete(batch, exchange(ticket("c", "d"))));
  }

  @Test
  void preComplete_closesTheBatchBeforeACharTooMany() {
    Exchange batch = batching.aggregate(null, exchange(ticket("aaaaa")));
    assertFalse(batching.preComplete(batch, exchange(ticket("bbbbb"))));
    assertTrue(batching.preComplete(batch, exchange(ticket("bbbbbb"))));
  }

  @Test
  void preComplete_letsAnyTicketBeginABatch_alsoOneThatIsTooLong() {
    assertTrue(batching.canPreComplete());
    assertFalse(batching.preComplete(null, exchange(ticket("x".repeat(99)))));
  }

  @Test
  void aggregate_stripsTheFirstCallerOfHeadersAndVariables() {
    Exchange first = exchange(ticket("a"));
    first.getMessage().setHeaders(new java.util.HashMap<>(Map.of("Authorization", "x", "b", 1)));
    first.setVariable("caller", "acme");
    first.setVariable("entry", "http");
    first.setVariable("request", "secret");
    Exchange batch = batching.aggregate(null, first);
    assertEquals(Map.of(), batch.getMessage().getHeaders());
    assertEquals(Map.of(), batch.getVariables());
  }

  @ParameterizedTest
  @CsvSource({"force, 0", "strategy, 1", "timeout, 1"})
  void onCompletion_takesASlotUnlessTheFlowGaveOne(String by, int inFlight) {
    Exchange batch = batching.aggregate(null, exchange(ticket("a")));
    batch.setProperty(Exchange.AGGREGATED_COMPLETED_BY, by);
    batching.onCompletion(batch);
    assertEquals(inFlight, flow.inFlight());
  }

  private static EmbedBatch batch(Exchange exchange) {
    return exchange.getMessage().getBody(EmbedBatch.class);
  }

  private static Exchange exchange(Ticket ticket) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(ticket);
    return exchange;
  }

  private Ticket ticket(String... texts) {
    return EmbedSettings.ticket(embedder, Lane.QUERY, false, texts);
  }
}
