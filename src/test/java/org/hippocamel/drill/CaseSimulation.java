package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.hippocamel.cases.Share;
import org.hippocamel.drill.LabelledTexts.Labelled;
import org.hippocamel.eval.Bootstrap;

/**
 * Plants how useful cases are, lets an agent live with the bank through REST, and compares the
 * rankings: how many rounds succeed by similarity alone, by value and by kernel.
 *
 * <p>A round is a problem that the bank has not seen, a search for three cases, an attempt, and
 * feedback on the run. The agent follows the first case in 60 % of the rounds, the second in 25 %,
 * the third in 15 %; the judge is wrong in 10 %. Every ranking has a bank of its own with the same
 * cases, meets the same problems in the same order and has the same luck. Worlds:
 *
 * <ul>
 *   <li>{@code harm}: half of the cases of each sort of problem harm (success in 20 % instead of 85
 *       %), and look exactly like those that help; cases of another sort succeed in 40 %
 *   <li>{@code context}: every case helps at its own sort of problem (85 %) and harms at others (10
 *       %), and sorts come in pairs that look alike
 *   <li>{@code plain}: nothing to be learned: 80 % at its own sort, 50 % at others
 * </ul>
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.CaseSimulation
 * data=path/to/banking77 [worlds=harm,context,plain] [rankings=similarity,value,kernel]
 * [rounds=2000] [seed=1] [svg=docs/case-bank.svg] [width=...]}. Starts the packaged program with
 * the embedded model; problems are queries of the set, cases are texts of its corpus.
 */
public final class CaseSimulation {
  private static final int SORTS = 24;
  private static final int CASES_PER_SORT = 6;
  private static final int SHOWN = 3;
  private static final double[] FOLLOWED = {0.6, 0.85, 1};
  private static final double WRONG_JUDGE = 0.1;
  private static final int WINDOW = 200;

  private final List<Labelled> corpus;
  private final List<Labelled> problems;
  private final int rounds;
  private final long seed;

  /** What a world says of an attempt: how likely it is to succeed. */
  private interface World {
    double success(boolean helpful, boolean sameSort);
  }

  private static final Map<String, World> WORLDS =
      Map.of(
          "harm", (helpful, same) -> same ? (helpful ? 0.85 : 0.2) : 0.4,
          "context", (helpful, same) -> same ? 0.85 : 0.1,
          "plain", (helpful, same) -> same ? 0.8 : 0.5);

  private CaseSimulation(Path data, int rounds, long seed) throws IOException {
    this.corpus = LabelledTexts.read(data, "corpus");
    this.problems = LabelledTexts.read(data, "queries");
    this.rounds = rounds;
    this.seed = seed;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    CaseSimulation simulation =
        new CaseSimulation(
            Path.of(given.text("data", "banking77")),
            given.number("rounds", 2_000),
            given.number("seed", 1));
    List<String> worlds = List.of(given.text("worlds", "harm,context,plain").split(","));
    List<String> rankings = List.of(given.text("rankings", "similarity,value,kernel").split(","));
    simulation.run(worlds, rankings, given.text("svg", ""));
  }

  private void run(List<String> worlds, List<String> rankings, String svg) throws Exception {
    Path folder = Files.createTempDirectory("case-simulation");
    BundleProcess.install(folder);
    Files.write(folder.resolve("keys"), keys(worlds, rankings));
    Map<String, String> environment =
        Map.of("API_KEYS_FILE", "keys", "INBOX_TENANT", tenant(worlds.get(0), rankings.get(0)));
    SuccessPlot plot = new SuccessPlot(rounds, WINDOW);
    try (BundleProcess bundle = BundleProcess.start(folder, environment)) {
      String url = bundle.rest();
      for (String world : worlds) {
        Map<String, boolean[]> successes = new LinkedHashMap<>();
        for (String ranking : rankings) {
          CaseClient client = new CaseClient(url, key(tenant(world, ranking)));
          successes.put(ranking, live(client, world, ranking));
        }
        report(world, successes);
        plot.add(world, successes);
      }
    }
    if (!svg.isEmpty()) {
      Files.writeString(Path.of(svg), plot.svg());
      System.out.println("wrote " + svg);
    }
  }

  private boolean[] live(CaseClient client, String world, String ranking) {
    List<String> sorts = sorts();
    Map<String, Boolean> helpful = new LinkedHashMap<>();
    Map<String, String> sortOf = new LinkedHashMap<>();
    client.store(bank(sorts, helpful, sortOf));
    List<Labelled> asked = asked(sorts);
    SplittableRandom luck = new SplittableRandom(seed + 7);
    boolean[] successes = new boolean[rounds];
    for (int round = 0; round < rounds; round++) {
      Labelled problem = asked.get(round);
      double follows = luck.nextDouble();
      double success = luck.nextDouble();
      double judge = luck.nextDouble();
      String run = "round-" + round;
      ObjectNode body =
          CaseClient.JSON
              .createObjectNode()
              .put("problem", problem.text())
              .put("k", SHOWN)
              .put("ranking", ranking)
              .put("min_similarity", -100)
              .put("run_id", run);
      JsonNode shown = client.search(body).get("results");
      int at = 0;
      while (at < shown.size() - 1 && follows >= FOLLOWED[at]) {
        at++;
      }
      String followed = shown.get(at).get("id").asText();
      boolean same = sortOf.get(followed).equals(problem.label());
      successes[round] = success < WORLDS.get(world).success(good(world, helpful, followed), same);
      boolean judged = judge < WRONG_JUDGE ? !successes[round] : successes[round];
      client.feedback(run, judged ? 1 : 0);
    }
    return successes;
  }

  private static boolean good(String world, Map<String, Boolean> helpful, String id) {
    return !world.equals("harm") || helpful.get(id);
  }

  /** Sorts of problems that are most easily taken for each other, in pairs; by their words. */
  private List<String> sorts() {
    Map<String, List<Labelled>> byLabel =
        corpus.stream().collect(Collectors.groupingBy(Labelled::label));
    List<String> labels = byLabel.keySet().stream().sorted().toList();
    Map<String, Map<String, Double>> words = new LinkedHashMap<>();
    labels.forEach(label -> words.put(label, words(byLabel.get(label))));
    List<String[]> pairs = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs.add(new String[] {labels.get(i), labels.get(j)});
      }
    }
    pairs.sort(
        Collections.reverseOrder(
            (a, b) ->
                Double.compare(
                    alike(words.get(a[0]), words.get(a[1])),
                    alike(words.get(b[0]), words.get(b[1])))));
    List<String> sorts = new ArrayList<>();
    for (String[] pair : pairs) {
      if (sorts.size() < SORTS && Collections.disjoint(sorts, List.of(pair))) {
        sorts.addAll(List.of(pair));
      }
    }
    return sorts;
  }

  private static Map<String, Double> words(List<Labelled> texts) {
    Map<String, Double> counts = new LinkedHashMap<>();
    for (Labelled text : texts) {
      for (String word : text.text().toLowerCase(Locale.ROOT).split("\\W+")) {
        counts.merge(word, 1.0, Double::sum);
      }
    }
    double length = Math.sqrt(counts.values().stream().mapToDouble(count -> count * count).sum());
    counts.replaceAll((word, count) -> count / length);
    return counts;
  }

  private static double alike(Map<String, Double> one, Map<String, Double> other) {
    return one.entrySet().stream()
        .mapToDouble(word -> word.getValue() * other.getOrDefault(word.getKey(), 0.0))
        .sum();
  }

  /** The cases, all of which somebody once recorded as successes; the planted truth beside. */
  private List<ObjectNode> bank(
      List<String> sorts, Map<String, Boolean> helpful, Map<String, String> sortOf) {
    List<ObjectNode> cases = new ArrayList<>();
    Random random = new Random(seed);
    for (String sort : sorts) {
      List<Labelled> texts =
          new ArrayList<>(corpus.stream().filter(text -> text.label().equals(sort)).toList());
      Collections.shuffle(texts, random);
      for (int i = 0; i < CASES_PER_SORT; i++) {
        Labelled text = texts.get(i);
        helpful.put(text.id(), i % 2 == 0);
        sortOf.put(text.id(), sort);
        ObjectNode one =
            CaseClient.JSON
                .createObjectNode()
                .put("id", text.id())
                .put("problem", text.text())
                .put("solution", "plan " + i);
        one.putObject("outcome").put("status", "success");
        cases.add(one);
      }
    }
    return cases;
  }

  private List<Labelled> asked(List<String> sorts) {
    List<Labelled> pool =
        problems.stream().filter(problem -> sorts.contains(problem.label())).toList();
    Random random = new Random(seed + 1);
    List<Labelled> asked = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      asked.add(pool.get(random.nextInt(pool.size())));
    }
    return asked;
  }

  private void report(String world, Map<String, boolean[]> successes) {
    System.out.printf(
        "%-8s %-11s %-24s %-24s %s%n",
        "world", "ranking", "success [95 %]", "second half [95 %]", "above similarity [95 %]");
    boolean[] similarity = successes.get("similarity");
    successes.forEach(
        (ranking, all) -> {
          String difference = "";
          if (similarity != null && similarity != all) {
            Bootstrap.Interval interval =
                new Bootstrap().mean(minus(numbers(all), numbers(similarity)));
            difference =
                String.format(
                    Locale.ROOT,
                    "%+.3f [%+.3f, %+.3f]",
                    interval.mean(),
                    interval.low(),
                    interval.high());
          }
          System.out.printf(
              "%-8s %-11s %-24s %-24s %s%n",
              world, ranking, share(all, 0), share(all, all.length / 2), difference);
        });
  }

  private static String share(boolean[] successes, int from) {
    double[] numbers = Arrays.copyOfRange(numbers(successes), from, successes.length);
    Share share = new Share(numbers.length, Arrays.stream(numbers).sum());
    return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", share.mean(), share.low(), share.high());
  }

  private static double[] numbers(boolean[] successes) {
    double[] numbers = new double[successes.length];
    Arrays.setAll(numbers, i -> successes[i] ? 1 : 0);
    return numbers;
  }

  private static List<String> keys(List<String> worlds, List<String> rankings) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String world : worlds) {
      for (String ranking : rankings) {
        String tenant = tenant(world, ranking);
        byte[] hash =
            MessageDigest.getInstance("SHA-256")
                .digest(key(tenant).getBytes(StandardCharsets.UTF_8));
        lines.add(HexFormat.of().formatHex(hash) + " " + tenant + " admin");
      }
    }
    return lines;
  }

  private static String tenant(String world, String ranking) {
    return world + "-" + ranking;
  }

  private static String key(String tenant) {
    return "key-of-" + tenant;
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
