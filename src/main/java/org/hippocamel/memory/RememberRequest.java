package org.hippocamel.memory;

import java.util.List;
import org.hippocamel.embedding.Lane;

/**
 * Memories to store for one tenant.
 *
 * @param tenant whose they are; comes from the API key, never from a body
 * @param lane how urgent their vectors are
 * @param drafts checked drafts; may be empty
 */
public record RememberRequest(String tenant, Lane lane, List<Draft> drafts) {
  public RememberRequest {
    drafts = List.copyOf(drafts);
  }
}
