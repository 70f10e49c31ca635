package org.hippocamel.graph;

import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.SearchReply;

/** The beginning and the end of a context, as {@code routes/context.camel.yaml} asks for them. */
public final class Contexts {
  /** What recall is asked. */
  public RecallRequest question(ContextRequest request) {
    return request.question();
  }

  public ContextReply reply(
      ContextRequest request, SearchReply recalled, Ranked ranked, Cited cited, Laps laps) {
    return new ContextReply(request, recalled, ranked, cited, laps);
  }
}
