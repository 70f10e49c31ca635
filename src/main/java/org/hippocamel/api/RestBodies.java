package org.hippocamel.api;

import org.hippocamel.embedding.Lane;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.recall.RecallRequest;

/**
 * Request bodies to requests of the capabilities, as {@code routes/api.camel.yaml} asks for them.
 */
public final class RestBodies {
  /** Up to this many interactions somebody waits; more is bulk work. */
  private static final int INTERACTIVE = 8;

  private final InteractionsRequest interactions;
  private final RecallRequests recall;

  public RestBodies(InteractionsRequest interactions, RecallRequests recall) {
    this.interactions = interactions;
    this.recall = recall;
  }

  public Interactions interactions(byte[] body, String contentType) {
    return interactions.parse(body, contentType);
  }

  /** The good interactions of a body, for the caller's tenant. */
  public RememberRequest remember(Interactions interactions, Caller caller) {
    Lane lane = interactions.items().size() <= INTERACTIVE ? Lane.QUERY : Lane.INGEST;
    return new RememberRequest(caller.tenant(), lane, interactions.drafts());
  }

  public RecallRequest searchInteractions(byte[] body, Caller caller) {
    return recall.interactions(body, caller);
  }

  public RecallRequest search(byte[] body, Caller caller) {
    return recall.memories(body, caller);
  }
}
