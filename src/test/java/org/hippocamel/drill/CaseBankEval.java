package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hippocamel.cases.Share;
import org.hippocamel.drill.LabelledTexts.Labelled;

/**
 * A labelled set as a bank: each text of the corpus is a case of its label that worked, each query
 * a new problem. Says how often a case of the right label is first, or among the first three, by
 * words, by vector and by both; and how well problems are told from those whose label the bank does
 * not have: each query is asked once more with the cases of its own label left out.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.CaseBankEval
 * data=path/to/banking77 [queries=3080] [modes=lexical,vector,hybrid] [foreign=path/to/scifact]
 * [url=http://...]}. {@code foreign} is another set whose queries nothing in the bank is like. The
 * threshold is calibrated on one half of the labels and judged on the other.
 */
public final class CaseBankEval {
  private static final double[] REFUSED = {0.01, 0.02, 0.05, 0.1};

  private final CaseClient client;
  private final List<Labelled> queries;

  private CaseBankEval(CaseClient client, List<Labelled> queries) {
    this.client = client;
    this.queries = queries;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    String url = given.text("url", "");
    if (!url.isEmpty()) {
      run(given, url);
      return;
    }
    Path folder = Files.createTempDirectory("case-bank-eval");
    BundleProcess.install(folder);
    try (BundleProcess bundle = BundleProcess.start(folder, Map.of())) {
      run(given, bundle.rest());
    }
  }

  private static void run(Arguments given, String url) throws Exception {
    Path data = Path.of(given.text("data", "banking77"));
    CaseClient client = new CaseClient(url, given.text("key", ""));
    List<Labelled> corpus = LabelledTexts.read(data, "corpus");
    long began = System.nanoTime();
    client.store(corpus.stream().map(CaseBankEval::worked).toList());
    System.out.printf(
        Locale.ROOT, "%d cases in %.0f s%n", corpus.size(), (System.nanoTime() - began) / 1e9);
    // The calibration follows what is stored with a delay.
    awaitCalibration(client, corpus.size());
    List<Labelled> queries = new ArrayList<>(LabelledTexts.read(data, "queries"));
    Collections.shuffle(queries, new Random(1));
    int count = Math.min(queries.size(), given.number("queries", queries.size()));
    CaseBankEval eval = new CaseBankEval(client, queries.subList(0, count));
    for (String mode : given.text("modes", "lexical,vector,hybrid").split(",")) {
      eval.hits(mode);
    }
    String foreign = given.text("foreign", "");
    eval.outOfScope(
        foreign.isEmpty() ? List.of() : LabelledTexts.read(Path.of(foreign), "queries"));
  }

  /** Every solution is the same, so that no word of it gives the label away. */
  private static ObjectNode worked(Labelled text) {
    ObjectNode one =
        CaseClient.JSON
            .createObjectNode()
            .put("id", text.id())
            .put("problem", text.text())
            .put("solution", "done")
            .put("task_type", text.label());
    one.putObject("outcome").put("status", "success");
    return one;
  }

  private static void awaitCalibration(CaseClient client, int cases) {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < until) {
      JsonNode calibration = client.get("/v1/spaces").at("/spaces/0/calibration");
      if (calibration.get("texts").asInt() >= Math.min(256, cases)) {
        System.out.println("calibration " + calibration);
        return;
      }
    }
    throw new IllegalStateException("the space was not calibrated");
  }

  private void hits(String mode) {
    int first = 0;
    int third = 0;
    for (Labelled query : queries) {
      JsonNode results = search(query.text(), mode, null, 3).get("results");
      boolean[] right = new boolean[results.size()];
      for (int i = 0; i < right.length; i++) {
        right[i] = results.get(i).get("task_type").asText().equals(query.label());
      }
      first += right.length > 0 && right[0] ? 1 : 0;
      third += IntStream.range(0, right.length).anyMatch(i -> right[i]) ? 1 : 0;
    }
    System.out.printf("%-8s hit@1 %s  hit@3 %s%n", mode, share(first), share(third));
  }

  private String share(int count) {
    Share share = new Share(queries.size(), count);
    return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", share.mean(), share.low(), share.high());
  }

  private JsonNode search(String problem, String mode, String without, int k) {
    ObjectNode body =
        CaseClient.JSON
            .createObjectNode()
            .put("problem", problem)
            .put("k", k)
            .put("mode", mode)
            .put("ranking", "similarity")
            .put("min_similarity", -100);
    if (without != null) {
      body.putObject("filter").putObject("task_type").put("ne", without);
    }
    return client.search(body);
  }

  private double nearest(String problem, String without) {
    JsonNode results = search(problem, "vector", without, 1).get("results");
    return results.get(0).get("deviations").asDouble();
  }

  private void outOfScope(List<Labelled> foreign) {
    List<String> labels = queries.stream().map(Labelled::label).distinct().sorted().toList();
    List<String> shuffled = new ArrayList<>(labels);
    Collections.shuffle(shuffled, new Random(2));
    List<String> calibrated = shuffled.subList(0, shuffled.size() / 2);
    double[] known = queries.stream().mapToDouble(q -> nearest(q.text(), null)).toArray();
    double[] left = queries.stream().mapToDouble(q -> nearest(q.text(), q.label())).toArray();
    double[] far = foreign.stream().mapToDouble(q -> nearest(q.text(), null)).toArray();
    System.out.printf(
        Locale.ROOT,
        "AUROC %.3f for problems whose label is left out, %s for another set's%n",
        auroc(known, left),
        far.length == 0 ? "-" : String.format(Locale.ROOT, "%.3f", auroc(known, far)));
    System.out.printf(
        "%-22s %10s %14s %14s %14s%n",
        "calibrated to refuse", "deviations", "known refused", "left detected", "far detected");
    for (double refused : REFUSED) {
      double threshold = quantile(of(known, calibrated, true), refused);
      System.out.printf(
          Locale.ROOT,
          "%-22s %10.2f %14.3f %14.3f %14s%n",
          Math.round(100 * refused) + " % of the known",
          threshold,
          below(of(known, calibrated, false), threshold),
          below(of(left, calibrated, false), threshold),
          far.length == 0 ? "-" : String.format(Locale.ROOT, "%.3f", below(far, threshold)));
    }
  }

  /** The values of queries whose label is, or is not, among these. */
  private double[] of(double[] values, List<String> labels, boolean among) {
    return IntStream.range(0, values.length)
        .filter(i -> labels.contains(queries.get(i).label()) == among)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
  }

  private static double below(double[] values, double threshold) {
    return Arrays.stream(values).filter(value -> value < threshold).count()
        / (double) values.length;
  }

  /** How often a known problem is nearer than one that is not. */
  private static double auroc(double[] known, double[] others) {
    double[] sorted = others.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (double value : known) {
      int at = Arrays.binarySearch(sorted, value);
      wins += at >= 0 ? at + 0.5 : -at - 1;
    }
    return wins / ((double) known.length * others.length);
  }
}
