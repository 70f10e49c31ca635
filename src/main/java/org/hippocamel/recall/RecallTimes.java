package org.hippocamel.recall;

import java.util.Collection;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Times the stages of a search, as a policy of their routes. A stage with nothing to do is none.
 */
public final class RecallTimes extends RoutePolicySupport {
  private final RecallCounts counts;

  public RecallTimes(RecallCounts counts) {
    this.counts = counts;
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    boolean nothing =
        exchange.getMessage().getBody() instanceof Collection<?> pipeline && pipeline.isEmpty();
    exchange.setProperty(route.getRouteId(), nothing ? null : System.nanoTime());
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    Long began = exchange.getProperty(route.getRouteId(), Long.class);
    Round round = exchange.getVariable("round", Round.class);
    if (began != null && round != null) {
      long took = System.nanoTime() - began;
      RecallCounts.Stage.of(route.getRouteId())
          .ifPresent(stage -> counts.ran(stage, round.request().mode(), took));
    }
  }
}
