package org.hippocamel.house;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.hippocamel.RunningBundle;
import org.hippocamel.Scrape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What ops/ asks Prometheus for: alerts and dashboard, against a bundle as it ships. */
class MonitoringTest {
  private static final Path RULES = Path.of("ops/prometheus/rules/hippocamel.yml");
  private static final Path DASHBOARD = Path.of("ops/grafana/dashboards/hippocamel.json");

  /** Counters that the DCGM exporter shows unless it is told otherwise. */
  private static final Set<String> DCGM =
      Set.of("DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_FB_USED", "DCGM_FI_DEV_POWER_USAGE");

  private static final Set<String> PROMETHEUS_OWN = Set.of("up", "ALERTS");

  @Test
  void everyMetricThatIsAskedFor_isExported() throws Exception {
    Set<String> asked = new TreeSet<>();
    for (String expression : expressions()) {
      Set<String> names = PromQl.metrics(expression);
      assertTrue(!names.isEmpty(), "asks for nothing: " + expression);
      asked.addAll(names);
    }
    asked.removeAll(DCGM);
    asked.removeAll(PROMETHEUS_OWN);
    try (RunningBundle bundle = RunningBundle.open(Map.of())) {
      use(bundle);
      Set<String> exported = Scrape.of(bundle).names();
      everyMetricOfOursIsDocumented(exported);
      asked.removeAll(exported);
      asked.removeAll(
          Scrape.of(bundle.bundle().settings().tei().urls().get(0) + "/metrics").names());
    }
    assertEquals(Set.of(), asked, "neither Hippocamel nor TEI export these");
  }

  private static void everyMetricOfOursIsDocumented(Set<String> exported) throws IOException {
    String document = Files.readString(Path.of("docs/metrics.md"));
    List<String> missing =
        exported.stream()
            .filter(name -> name.startsWith("hippocamel_"))
            .map(name -> name.replaceFirst("_(bucket|sum|count|max)$", ""))
            .distinct()
            .filter(name -> !document.contains("`" + name + "`"))
            .toList();
    assertEquals(List.of(), missing, "docs/metrics.md says what these are");
  }

  /** A little of everything that is counted. */
  private static void use(RunningBundle bundle) throws IOException {
    bundle.postJson("/v1/interactions", Map.of("agent_id", "a", "text", "a text"));
    bundle.postJson("/v1/search", Map.of("query", "a question"));
    Files.writeString(bundle.inbox().resolve("a.md"), "A passage.");
    await().until(() -> Files.exists(bundle.inbox().resolve("done/a.md")));
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    rules().forEach(rule -> expressions.add(rule.path("expr").asText()));
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    dashboard.findValues("expr").forEach(expression -> expressions.add(expression.asText()));
    assertTrue(expressions.size() > 40, "read " + expressions.size());
    return expressions;
  }

  private static Iterable<JsonNode> rules() throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile()).at("/groups/0/rules");
  }

  @Test
  void everyAlert_hasItsSectionInTheRunbook() throws IOException {
    List<String> headings = Files.readAllLines(Path.of("docs/runbook.md"));
    for (JsonNode rule : rules()) {
      String name = rule.path("alert").asText();
      assertEquals(
          "docs/runbook.md#" + name.toLowerCase(java.util.Locale.ROOT),
          rule.at("/annotations/runbook_url").asText());
      assertTrue(headings.contains("## " + name), "docs/runbook.md has no section " + name);
      assertTrue(rule.at("/annotations/summary").isTextual(), name + " says what is the matter");
    }
  }

  @Test
  void everyPanel_saysWhatItShows() throws IOException {
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        String title = panel.path("title").asText();
        assertTrue(!panel.path("description").asText().isBlank(), title + " has no description");
      }
    }
  }

  @Test
  void prometheus_takesItsConfiguration() throws Exception {
    promtool("check", "config", "ops/prometheus/prometheus.yml");
  }

  /** When each alert fires, and when it does not. */
  @Test
  void alerts_fireWhenTheyShould() throws Exception {
    promtool("test", "rules", "src/test/resources/alerts-test.yml");
  }

  private static void promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      String how = "promtool is missing; Debian and Ubuntu: apt-get install prometheus";
      // On a developer's machine the rest can still be tested; in CI nothing is left out.
      assertTrue(!"true".equals(System.getenv("CI")), how);
      Assumptions.abort(how);
      return;
    }
    String output = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "promtool does not end");
    assertEquals(0, process.exitValue(), output);
  }
}
