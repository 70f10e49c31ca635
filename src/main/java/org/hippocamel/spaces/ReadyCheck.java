package org.hippocamel.spaces;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** {@link Readiness} in Camel's health endpoint. */
public final class ReadyCheck extends AbstractHealthCheck {
  private final Readiness readiness;

  public ReadyCheck(Readiness readiness) {
    super("hippocamel", "space");
    this.readiness = readiness;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Optional<String> obstacle = readiness.obstacle();
    if (obstacle.isEmpty()) {
      builder.up();
    } else {
      builder.message(obstacle.get()).down();
    }
  }
}
