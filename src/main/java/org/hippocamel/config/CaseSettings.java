package org.hippocamel.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code cases.*}: how the case bank learns and what it guards.
 *
 * @param value how outcomes become a value
 * @param search how cases are found and ranked
 * @param guard what may come in and what is shown no more
 */
public record CaseSettings(Value value, Search search, Guard guard) {
  /** The words of {@code cases.ranking}. */
  public static final List<String> RANKINGS = List.of("similarity", "value", "kernel");

  /** Words of {@code cases.scrub-patterns} that are no file. */
  private static final List<String> NO_FILE = List.of("built-in", "none");

  /**
   * @param priorWins successes that every case is thought to have had, a
   * @param priorLosses failures of the same kind, b
   * @param halfLife after which an outcome counts half; zero for never
   */
  public record Value(double priorWins, double priorLosses, Duration halfLife) {}

  /**
   * @param ranking similarity, value or kernel
   * @param kernelWidth of the kernel, in standard deviations of the space
   * @param candidates that are ranked by value, each kind of example
   * @param minSimilarity deviations above unrelated texts below which nothing is similar
   * @param nearDuplicate cosine from which two problems are one
   * @param holdout share of runs that are answered by similarity alone
   * @param shownFor how long it is remembered what a run was shown
   * @param promptTokens budget of a prompt block unless the request says otherwise
   */
  public record Search(
      String ranking,
      double kernelWidth,
      int candidates,
      double minSimilarity,
      double nearDuplicate,
      double holdout,
      Duration shownFor,
      int promptTokens) {}

  /**
   * @param positiveRole who may say that something went well: writer or admin
   * @param clusterCap near-duplicates of one problem
   * @param quarantineUses uses after which a case that keeps losing is shown no more
   * @param quarantineValue the value below which it keeps losing
   * @param scrub whether secrets are taken out before anything is stored
   * @param scrubFile patterns of secrets, one a line; empty for the built-in ones
   */
  public record Guard(
      String positiveRole,
      int clusterCap,
      double quarantineUses,
      double quarantineValue,
      boolean scrub,
      Optional<Path> scrubFile) {}

  static CaseSettings read(SettingReader in) {
    String patterns = in.text("cases.scrub-patterns");
    return new CaseSettings(
        new Value(
            in.decimal("cases.prior-wins", 0.01, 1_000),
            in.decimal("cases.prior-losses", 0.01, 1_000),
            Duration.ofDays(in.integer("cases.half-life-days", 0, 100_000))),
        new Search(
            in.choice("cases.ranking", RANKINGS),
            in.decimal("cases.kernel-width", 0.01, 100),
            in.integer("cases.candidates", 1, 500),
            in.decimal("cases.min-similarity", -100, 100),
            in.decimal("cases.near-duplicate", 0.5, 1),
            in.decimal("cases.holdout", 0, 1),
            Duration.ofDays(in.integer("cases.shown-days", 1, 10_000)),
            in.integer("cases.prompt-tokens", 50, 1_000_000)),
        new Guard(
            in.choice("cases.positive-role", List.of("writer", "admin")),
            in.integer("cases.cluster-cap", 1, 500),
            in.decimal("cases.quarantine-uses", 0.1, 1_000_000),
            in.decimal("cases.quarantine-value", 0, 1),
            !patterns.equals("none"),
            Optional.of(patterns).filter(word -> !NO_FILE.contains(word)).map(Path::of)));
  }
}
