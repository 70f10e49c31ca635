package org.hippocamel.graph;

import java.util.List;
import java.util.Optional;
import org.hippocamel.config.ContextSettings;
import org.hippocamel.config.GraphSettings;

/** The values that {@code application.properties} ships. */
public final class TestGraphs {
  private TestGraphs() {}

  public static GraphSettings graph() {
    return new GraphSettings(
        List.of("tags"), Optional.empty(), 24, 10, 1, 100, 50, 300, 20, 0.5, 0.5);
  }

  public static ContextSettings context() {
    return new ContextSettings(30, false, false, false, 0.7, 50, 4_000, 32_000);
  }
}
