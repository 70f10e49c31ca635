package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hippocamel.bench.StubTei;
import org.hippocamel.drill.HostileSearches.Attempt;
import org.hippocamel.drill.HostileSearches.Sort;

/**
 * Two tenants with equal texts, one of them with many times as many, and thousands of searches by
 * which the small one might get to see what is the other's. No row of the other may come back, and
 * whatever is asked is answered or refused, never failed at.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.FilterDrill [attempts=10000]
 * [seed=20261128] [times=100]}. Ends with 1 when anything came back that should not.
 */
public final class FilterDrill {
  private static final String SMALL = "key-of-small";
  private static final String HUGE = "key-of-huge";
  private static final int MEMORIES = 20;

  private final Map<Sort, Map<Integer, Integer>> answers = new EnumMap<>(Sort.class);
  private final List<String> faults = new ArrayList<>();
  private int rows;

  private FilterDrill() {
    for (Sort sort : Sort.values()) {
      answers.put(sort, new TreeMap<>());
    }
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    Path folder = Files.createTempDirectory("filter-drill");
    BundleProcess.install(folder);
    Path keys =
        Files.write(
            folder.resolve("keys"),
            List.of(sha256(SMALL) + " small writer", sha256(HUGE) + " huge writer"));
    FilterDrill drill = new FilterDrill();
    try (StubTei tei = new StubTei();
        BundleProcess bundle =
            BundleProcess.start(
                folder,
                Map.of(
                    "TEI_URL", tei.url(),
                    "API_KEYS_FILE", keys.toString(),
                    "INBOX_TENANT", "small"))) {
      drill.run(
          new RestClient(bundle.rest(), "", SMALL), new RestClient(bundle.rest(), "", HUGE), given);
    }
    System.exit(drill.faults.isEmpty() ? 0 : 1);
  }

  private void run(RestClient small, RestClient huge, Arguments given) {
    small.store(memories("small", 1), 500);
    huge.store(memories("huge", given.number("times", 100)), 500);
    List<String> cursors = new ArrayList<>();
    for (String mode : List.of("vector", "lexical", "hybrid")) {
      Map<String, Object> search = Map.of("query", "needle number 7", "mode", mode, "limit", 2);
      for (RestClient rest : List.of(huge, small)) {
        cursors.add(rest.search(search).get("next_cursor").asText());
      }
    }
    int attempts = given.number("attempts", 10_000);
    HostileSearches searches = new HostileSearches(given.number("seed", 20_261_128), cursors);
    for (int i = 0; i < attempts; i++) {
      Attempt attempt = searches.next();
      judge(attempt, small.post("/v1/search", attempt.body()));
    }
    report(attempts);
  }

  private void judge(Attempt attempt, RestClient.Answer answer) {
    answers.get(attempt.sort()).merge(answer.status(), 1, Integer::sum);
    if (answer.status() == 200) {
      for (JsonNode hit : answer.json().get("results")) {
        rows++;
        if (!hit.get("id").asText().startsWith("small")) {
          faults.add("foreign row " + hit.get("id") + " for " + attempt.body());
        }
      }
    } else if (answer.status() >= 500 || answer.body().contains("huge-")) {
      faults.add(answer + " to " + attempt.body());
    }
  }

  private void report(int attempts) {
    System.out.printf("%d attempts, %d rows, %d faults%n", attempts, rows, faults.size());
    answers.forEach((sort, counts) -> System.out.printf("%-11s %s%n", sort.word(), counts));
    faults.stream().limit(20).forEach(System.out::println);
  }

  private static List<String> memories(String owner, int times) {
    List<String> lines = new ArrayList<>();
    for (int copy = 0; copy < times; copy++) {
      for (int i = 0; i < MEMORIES; i++) {
        lines.add(
            RestClient.json(
                Map.of(
                    "id",
                    owner + "-" + copy + "-" + i,
                    "agent_id",
                    "agent",
                    "text",
                    "needle number " + i,
                    "metadata",
                    Map.of("topic", List.of("a", "b", "c", "$d", "\"}").get(i % 5), "year", i))));
      }
    }
    return lines;
  }

  private static String sha256(String key) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
  }
}
