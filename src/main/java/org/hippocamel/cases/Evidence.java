package org.hippocamel.cases;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.hippocamel.config.CaseSettings;
import org.hippocamel.memory.CaseStatus;

/**
 * What the log says of one case: sums over the entries that nothing supersedes, each faded to the
 * moment of the last one. Fading multiplies all sums alike, so they tell what they are at any later
 * moment, and their ratios never change.
 *
 * @param rows entries in the log, superseded ones too: it only grows, and so tells a later state
 *     from an earlier one
 * @param uses weights of verdicts and credits
 * @param wins the same times their rewards
 * @param verdicts how often somebody tried the solution
 * @param successes how often it worked
 * @param rewards what it got for that
 * @param warnings weights of runs in which it was shown as a warning
 * @param heeded the same times the rewards of those runs
 * @param asOf when the last entry happened, or null without one
 */
public record Evidence(
    long rows,
    double uses,
    double wins,
    double verdicts,
    double successes,
    double rewards,
    double warnings,
    double heeded,
    Instant asOf) {
  /** One verdict each way is a tie, though the earlier one has faded a little. */
  private static final double TIE = 0.01;

  /** Of a case that the log does not know. */
  public static final Evidence NONE = new Evidence(0, 0, 0, 0, 0, 0, 0, 0, null);

  /** The sums of a case's entries, in whatever order they come. */
  static Evidence of(Collection<LogEntry> entries, Decay decay) {
    List<LogEntry> valid = valid(entries);
    if (valid.isEmpty()) {
      return new Evidence(entries.size(), 0, 0, 0, 0, 0, 0, 0, null);
    }
    Instant asOf = valid.get(valid.size() - 1).at();
    Sums sums = new Sums();
    valid.forEach(entry -> sums.add(entry, entry.weight() * decay.between(entry.at(), asOf)));
    return new Evidence(
        entries.size(),
        sums.uses,
        sums.wins,
        sums.verdicts,
        sums.successes,
        sums.rewards,
        sums.warnings,
        sums.heeded,
        asOf);
  }

  /** The entries that nothing supersedes, in the order in which they happened. */
  static List<LogEntry> valid(Collection<LogEntry> entries) {
    Set<String> superseded =
        entries.stream()
            .map(LogEntry::supersedes)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return entries.stream()
        .filter(entry -> !superseded.contains(entry.id()))
        .sorted(Comparator.comparing(LogEntry::at).thenComparing(LogEntry::id))
        .toList();
  }

  /** Why it went as it did, in the words of the last verdict that has any; else null. */
  static String note(Collection<LogEntry> entries) {
    return valid(entries).stream()
        .filter(entry -> entry.part() == Part.VERDICT && entry.note() != null)
        .reduce((earlier, later) -> later)
        .map(LogEntry::note)
        .orElse(null);
  }

  private static final class Sums {
    private double uses;
    private double wins;
    private double verdicts;
    private double successes;
    private double rewards;
    private double warnings;
    private double heeded;

    void add(LogEntry entry, double weight) {
      if (entry.part() == Part.WARNING) {
        warnings += weight;
        heeded += weight * entry.reward();
        return;
      }
      uses += weight;
      wins += weight * entry.reward();
      if (entry.part() == Part.VERDICT) {
        verdicts += weight;
        rewards += weight * entry.reward();
        successes += entry.success() ? weight : 0;
      }
    }
  }

  /** How likely the solution is to go well, in (0, 1), from what is left of the evidence by now. */
  public double value(Prior prior, Decay decay, Instant now) {
    double left = asOf == null ? 0 : decay.between(asOf, now);
    return prior.value(wins * left, uses * left);
  }

  /** Mean reward of the verdicts, in [0, 1], or null before the first. */
  public Double reward() {
    return verdicts == 0 ? null : rewards / verdicts;
  }

  /**
   * What it is shown as. Verdicts alone say whether the solution worked: that a run went badly in
   * which it was shown does not make it a warning, but a case that keeps losing is not shown at
   * all.
   */
  CaseStatus status(Prior prior, CaseSettings.Guard guard) {
    if (verdicts == 0) {
      return CaseStatus.PENDING;
    }
    if (2 * successes < verdicts * (1 - TIE)) {
      return CaseStatus.FAILURE;
    }
    boolean loses =
        uses >= guard.quarantineUses() && prior.value(wins, uses) < guard.quarantineValue();
    return loses ? CaseStatus.QUARANTINED : CaseStatus.SUCCESS;
  }

  Document toDocument() {
    return new Document("rows", rows)
        .append("uses", uses)
        .append("wins", wins)
        .append("verdicts", verdicts)
        .append("successes", successes)
        .append("rewards", rewards)
        .append("warnings", warnings)
        .append("heeded", heeded)
        .append("as_of", asOf == null ? null : Date.from(asOf));
  }

  /** As it is stored with the case; a case without an outcome has nothing but {@code rows}. */
  static Evidence from(Document stats) {
    if (stats == null) {
      return NONE;
    }
    Date asOf = stats.getDate("as_of");
    return new Evidence(
        (long) number(stats, "rows"),
        number(stats, "uses"),
        number(stats, "wins"),
        number(stats, "verdicts"),
        number(stats, "successes"),
        number(stats, "rewards"),
        number(stats, "warnings"),
        number(stats, "heeded"),
        asOf == null ? null : asOf.toInstant());
  }

  private static double number(Document stats, String field) {
    return stats.get(field) instanceof Number number ? number.doubleValue() : 0;
  }
}
