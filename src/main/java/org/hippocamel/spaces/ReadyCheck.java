package org.hippocamel.spaces;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness: requests are answered once embedder and store have been checked. */
public final class ReadyCheck extends AbstractHealthCheck {
  private final ActiveSpace space;

  public ReadyCheck(ActiveSpace space) {
    super("hippocamel", "space");
    this.space = space;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    if (space.ready()) {
      builder.detail("space", space.get().id()).up();
    } else {
      builder.message("still starting: the embedder and the store are being checked").down();
    }
  }
}
