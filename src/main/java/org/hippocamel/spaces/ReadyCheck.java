package org.hippocamel.spaces;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.hippocamel.embedding.Replicas;
import org.hippocamel.problem.Problem;

/**
 * Readiness: requests are answered once embedder and store have been checked, and while an embedder
 * serves.
 */
public final class ReadyCheck extends AbstractHealthCheck {
  private final ActiveSpace space;
  private final Replicas replicas;

  public ReadyCheck(ActiveSpace space, Replicas replicas) {
    super("hippocamel", "space");
    this.space = space;
    this.replicas = replicas;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Optional<Problem> trouble = replicas.trouble();
    if (space.ready() && trouble.isEmpty()) {
      builder.detail("space", space.get().id()).up();
    } else if (space.ready()) {
      builder.message(trouble.get().getMessage()).down();
    } else {
      builder.message("still starting: the embedder and the store are being checked").down();
    }
  }
}
