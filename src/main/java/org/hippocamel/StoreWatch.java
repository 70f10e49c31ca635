package org.hippocamel;

import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import java.util.Optional;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Whether the store is there, as the driver's own monitor sees it: it asks each server every ten
 * seconds, and hears at once of connections that break. Thread-safe.
 */
final class StoreWatch implements ClusterListener {
  private static final Problem AWAY =
      new Problem(ProblemKind.UNAVAILABLE, "the store at mongo.uri does not answer");

  private volatile boolean there;

  @Override
  public void clusterDescriptionChanged(ClusterDescriptionChangedEvent event) {
    there = event.getNewDescription().hasWritableServer();
  }

  /** Why nothing can be stored now; empty while there is a server that takes writes. */
  Optional<Problem> trouble() {
    return there ? Optional.empty() : Optional.of(AWAY);
  }
}
