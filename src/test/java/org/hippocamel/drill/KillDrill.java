package org.hippocamel.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Drops a file of 2,000 lines, kills the process at random moments and starts it again, until it
 * was killed often enough; then lets it finish and counts: every line is stored exactly once, both
 * search indexes hold what the collection holds, and each file is one job that is done.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.KillDrill [kills=50] [lines=2000]
 * [words=30] [alive=4000] [seed=1]}. Ends with 1 when something is lost or there twice.
 */
public final class KillDrill {
  private static final Duration FINISH = Duration.ofMinutes(10);

  private final int kills;
  private final int lines;
  private final int words;
  private final int longest;
  private final Random random;
  private final Path folder;
  private int drops;

  private KillDrill(int kills, int lines, int words, int longest, long seed) throws IOException {
    this.kills = kills;
    this.lines = lines;
    this.words = words;
    this.longest = longest;
    this.random = new Random(seed);
    this.folder = Files.createTempDirectory("kill-drill");
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    KillDrill drill =
        new KillDrill(
            given.number("kills", 50),
            given.number("lines", 2000),
            given.number("words", 30),
            given.number("alive", 4000),
            given.number("seed", 1));
    System.exit(drill.run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    System.out.println("folder " + folder);
    BundleProcess.install(folder);
    drop();
    System.out.printf(
        "%4s %-8s %12s %16s %8s%n", "kill", "when", "ready at ms", "alive after, ms", "stored");
    for (int kill = 1; kill <= kills; kill++) {
      round(kill);
      if (waiting() == 0) {
        drop();
      }
    }
    try (BundleProcess bundle = BundleProcess.start(folder, Map.of())) {
      bundle.rest();
      long until = System.nanoTime() + FINISH.toNanos();
      while (waiting() > 0 && System.nanoTime() < until) {
        bundle.endedWithin(Duration.ofMillis(200));
      }
      return judge(bundle.store());
    }
  }

  /** One life: most are ended while the file is taken in, every fifth while it still starts. */
  private void round(int number) throws Exception {
    try (BundleProcess bundle = BundleProcess.start(folder, Map.of())) {
      boolean starting = number % 5 == 0;
      long stored = -1;
      Duration alive;
      if (starting) {
        alive = Duration.ofMillis(random.nextInt(4000));
        bundle.readyWithin(alive);
      } else {
        bundle.rest();
        try (StoredLines store = new StoredLines(bundle.store())) {
          stored = store.documents();
        }
        alive = Duration.ofMillis(random.nextInt(longest));
        if (bundle.endedWithin(alive)) {
          throw new IllegalStateException("ended by itself, see " + folder.resolve("output.log"));
        }
      }
      bundle.kill();
      System.out.printf(
          "%4d %-8s %12s %16d %8s%n",
          number,
          starting ? "starting" : "working",
          bundle.startTime() == null ? "-" : bundle.startTime().toMillis(),
          alive.toMillis(),
          stored < 0 ? "-" : stored);
    }
  }

  private void drop() throws IOException {
    drops++;
    Prose prose = new Prose(drops);
    StringBuilder content = new StringBuilder();
    for (int line = 1; line <= lines; line++) {
      content.append(
          "{\"id\":\"%s\",\"text\":\"drill line %s %s\"}\n"
              .formatted(number(drops, line), number(drops, line), prose.words(words)));
    }
    // Written elsewhere and moved, so that no half file is ever in the inbox.
    Path draft = Files.writeString(folder.resolve("drop-" + drops + ".jsonl"), content);
    Files.move(draft, folder.resolve("inbox").resolve(draft.getFileName()));
    System.out.printf("dropped %s, %d lines%n", draft.getFileName(), lines);
  }

  private static String number(int drop, int line) {
    return "%d-%05d".formatted(drop, line);
  }

  /** Files that are not taken in yet. */
  private long waiting() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("inbox"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).count();
    }
  }

  private boolean judge(String store) throws IOException {
    List<String> faults = new ArrayList<>();
    for (int drop = 1; drop <= drops; drop++) {
      if (!Files.exists(folder.resolve("inbox/done/drop-" + drop + ".jsonl"))) {
        faults.add("drop-" + drop + ".jsonl is not in inbox/done");
      }
    }
    Map<String, Integer> counts;
    try (StoredLines stored = new StoredLines(store)) {
      counts = stored.lines();
      long documents = stored.documents();
      Map<String, Integer> expected = new TreeMap<>();
      for (int drop = 1; drop <= drops; drop++) {
        for (int line = 1; line <= lines; line++) {
          expected.put(number(drop, line), 1);
        }
      }
      long missing = expected.keySet().stream().filter(line -> !counts.containsKey(line)).count();
      long twice = counts.values().stream().filter(count -> count > 1).count();
      long unknown = counts.keySet().stream().filter(line -> !expected.containsKey(line)).count();
      Map<String, Integer> indexed = stored.indexed();
      System.out.printf(
          "kills %d, files %d, lines %d, documents %d, missing %d, more than once %d, unknown %d,"
              + " without vector %d, indexes %s, jobs %s%n",
          kills,
          drops,
          expected.size(),
          documents,
          missing,
          twice,
          unknown,
          stored.withoutVector(),
          indexed,
          stored.jobs());
      if (!stored.jobs().equals(Map.of("done", drops))) {
        faults.add("a file's job is missing or has not come to its end");
      }
      if (missing + twice + unknown + stored.withoutVector() > 0) {
        faults.add("lines and documents differ");
      }
      if (indexed.isEmpty() || indexed.values().stream().anyMatch(count -> count != documents)) {
        faults.add("an index does not hold what the collection holds");
      }
    }
    faults.forEach(fault -> System.out.println("FAULT " + fault));
    System.out.println(faults.isEmpty() ? "nothing lost, nothing twice" : "FAILED");
    return faults.isEmpty();
  }
}
