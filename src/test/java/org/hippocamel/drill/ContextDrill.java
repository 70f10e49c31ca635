package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hippocamel.eval.Bootstrap;

/**
 * What the stages of {@code POST /v1/context} are worth where an answer has two halves of which one
 * does not look like the question ({@link MultiHopSet}): the share of both that is among the first
 * k, by family, and paired differences to the search alone.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.ContextDrill [each=50] [seed=1]
 * [k=5] [variants=VARIANT;...] [url=http://...] [store=true]}. A variant is a request body without
 * its query.
 */
public final class ContextDrill {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VARIANTS =
      String.join(
          ";",
          "{\"mode\":\"vector\"}",
          "{\"mode\":\"lexical\"}",
          "{}",
          "{\"graph\":true}",
          "{\"graph\":{\"hops\":2}}",
          "{\"diversity\":true}",
          "{\"graph\":true,\"diversity\":true}");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final int k;

  private ContextDrill(String url, int k) {
    this.url = url;
    this.k = k;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    String url = given.text("url", "");
    int k = given.number("k", 5);
    if (!url.isEmpty()) {
      new ContextDrill(url, k).run(given);
      return;
    }
    Path folder = Files.createTempDirectory("context-drill");
    BundleProcess.install(folder);
    try (BundleProcess bundle = BundleProcess.start(folder, Map.of())) {
      new ContextDrill(bundle.rest(), k).run(given);
    }
  }

  private void run(Arguments given) throws Exception {
    MultiHopSet set = MultiHopSet.of(given.number("seed", 1), given.number("each", 50));
    if (given.text("store", "true").equals("true")) {
      for (MultiHopSet.Memory memory : set.memories()) {
        post(
            memory.document() ? "/v1/documents" : "/v1/interactions",
            JSON.valueToTree(memory.body()));
      }
    }
    System.out.printf("%d memories, %d questions%n", set.memories().size(), set.questions().size());
    double[] plain = null;
    for (String variant : given.text("variants", VARIANTS).split(";")) {
      double[] found = ask(set, variant);
      show(set, variant, found);
      if (plain != null) {
        Bootstrap.Interval more = new Bootstrap().mean(minus(found, plain));
        System.out.printf(
            Locale.ROOT,
            "    against the search alone: %+.3f [%+.3f, %+.3f]%n",
            more.mean(),
            more.low(),
            more.high());
      }
      plain = variant.equals("{}") ? found : plain;
    }
  }

  /** The share of each question's answers that a context holds. */
  private double[] ask(MultiHopSet set, String variant) throws Exception {
    double[] found = new double[set.questions().size()];
    for (int i = 0; i < found.length; i++) {
      MultiHopSet.Question question = set.questions().get(i);
      ObjectNode body =
          JSON.createObjectNode().put("graph", false).put("rerank", false).put("diversity", false);
      body.setAll((ObjectNode) JSON.readTree(variant));
      body.put("query", question.text()).put("k", k);
      List<String> ids = new ArrayList<>();
      post("/v1/context", body).get("items").forEach(item -> ids.add(id(item)));
      long right = question.answers().stream().filter(ids::contains).count();
      found[i] = (double) right / question.answers().size();
    }
    return found;
  }

  private static String id(JsonNode item) {
    return item.has("source")
        ? item.at("/source/uri").asText() + "#" + item.at("/source/chunk").asText()
        : item.get("id").asText();
  }

  private static void show(MultiHopSet set, String variant, double[] found) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (int i = 0; i < found.length; i++) {
      double[] sum = sums.computeIfAbsent(set.questions().get(i).family(), one -> new double[2]);
      sum[0] += found[i];
      sum[1]++;
    }
    StringBuilder line = new StringBuilder();
    sums.forEach((family, sum) -> line.append("  %s %.3f".formatted(family, sum[0] / sum[1])));
    Bootstrap.Interval all = new Bootstrap().mean(found);
    System.out.printf(
        Locale.ROOT,
        "%-36s all %.3f [%.3f, %.3f]%s%n",
        variant,
        all.mean(),
        all.low(),
        all.high(),
        line);
  }

  private JsonNode post(String path, JsonNode body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofMinutes(5))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (reply.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          path + " answered " + reply.statusCode() + ": " + reply.body());
    }
    return JSON.readTree(reply.body());
  }

  /** Of each question, what one has above the other. */
  private static double[] minus(double[] one, double[] other) {
    double[] more = new double[one.length];
    for (int i = 0; i < more.length; i++) {
      more[i] = one[i] - other[i];
    }
    return more;
  }
}
