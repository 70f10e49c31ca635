package org.hippocamel.recall;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Puts the lists of the searches that ran side by side into one body. */
public final class CandidateLists implements AggregationStrategy {
  @Override
  public Exchange aggregate(Exchange lists, Exchange one) {
    List<Candidates> all = new ArrayList<>();
    if (lists != null) {
      all.addAll(lists.getMessage().getBody(Found.class).lists());
    }
    Candidates candidates = one.getMessage().getBody(Candidates.class);
    if (candidates != null) {
      all.add(candidates);
    }
    one.getMessage().setBody(new Found(all));
    return one;
  }
}
