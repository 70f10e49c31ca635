package org.hippocamel.embedding;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Joins the answers for the portions of a list of texts, in order. */
public final class TokensInOrder implements AggregationStrategy {
  @Override
  public Exchange aggregate(Exchange joined, Exchange portion) {
    if (joined == null) {
      return portion;
    }
    List<Object> all = new ArrayList<>(joined.getMessage().getBody(List.class));
    all.addAll(portion.getMessage().getBody(List.class));
    joined.getMessage().setBody(all);
    return joined;
  }
}
