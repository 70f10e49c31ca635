package org.hippocamel.embedded.tei.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics(512);

  @Test
  void render_isEmptyBeforeTheFirstRequest() {
    assertEquals("", metrics.render());
  }

  @Test
  void counters_shareOneTypeLine() {
    metrics.count("te_request_count", "method", "single");
    metrics.count("te_request_count", "method", "batch");
    metrics.count("te_request_count", "method", "batch");
    assertEquals(
        """
        # TYPE te_request_count counter
        te_request_count{method="batch"} 2
        te_request_count{method="single"} 1
        """,
        metrics.render());
  }

  @Test
  void histogram_isCumulative() {
    metrics.record("te_request_input_length", 3);
    metrics.record("te_request_input_length", 512);
    String text = metrics.render();
    assertTrue(text.contains("te_request_input_length_bucket{le=\"2\"} 0\n"), text);
    assertTrue(text.contains("te_request_input_length_bucket{le=\"4\"} 1\n"), text);
    assertTrue(text.contains("te_request_input_length_bucket{le=\"512\"} 2\n"), text);
    assertTrue(text.contains("te_request_input_length_bucket{le=\"+Inf\"} 2\n"), text);
    assertTrue(text.contains("te_request_input_length_sum 515\n"), text);
    assertTrue(text.contains("te_request_input_length_count 2\n"), text);
  }

  @Test
  void durations_haveTheBoundsOfTheReference() {
    metrics.recordNanos("te_request_duration", 20_000);
    String text = metrics.render();
    assertTrue(text.contains("te_request_duration_bucket{le=\"1.5E-5\"} 0\n"), text);
    assertEquals(36, text.split("_bucket", -1).length - 1);
  }
}
