package org.hippocamel.api;

import org.hippocamel.config.Limits;
import org.hippocamel.graph.TestGraphs;
import org.hippocamel.recall.TestRecall;

/** The reader of contexts with the settings that {@code application.properties} ships. */
final class TestContextRequests {
  private TestContextRequests() {}

  static ContextRequests shipped() {
    return new ContextRequests(
        Limits.defaults(),
        TestGraphs.context(),
        TestGraphs.graph(),
        Refusals.schema(),
        TestRecall.SCORES);
  }
}
