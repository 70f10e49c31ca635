package org.hippocamel.cases;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.CaseSettings;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.recall.SearchReply.Hit;
import org.hippocamel.spaces.ActiveSpace;

/**
 * Orders candidates by how like the problem they are and by what is known of them, and takes the
 * best, no two of them near-duplicates. A warning is the better the surer its solution fails.
 */
public final class CaseRanking {
  /** Entries that the kernel reads; those of the last months, where a bank is busy. */
  private static final int MOST_ENTRIES = 2_000;

  private static final int SHARES = 10_000;
  private static final int DIGITS = 15;

  private final ActiveSpace space;
  private final CaseSettings.Search settings;
  private final Judging judging;

  public CaseRanking(ActiveSpace space, CaseSettings.Search settings, Judging judging) {
    this.space = space;
    this.settings = settings;
    this.judging = judging;
  }

  /**
   * How the search is answered. A run is in the holdout or not by its name alone, so that all of
   * its searches are, on every server.
   */
  public Arm arm(CaseSearch search) {
    if (search.ranking() != null) {
      return new Arm(search.ranking(), Arm.Group.CHOSEN);
    }
    Ranking usual = Ranking.of(settings.ranking());
    if (usual == Ranking.SIMILARITY || search.runId() == null) {
      return new Arm(usual, Arm.Group.CHOSEN);
    }
    return heldOut(search.tenant(), search.runId())
        ? new Arm(Ranking.SIMILARITY, Arm.Group.HOLDOUT)
        : new Arm(usual, Arm.Group.LEARNED);
  }

  private boolean heldOut(String tenant, String runId) {
    long number = Long.parseLong(LogId.of("arm", tenant, runId).substring(0, DIGITS), 16);
    return number % SHARES < Math.round(settings.holdout() * SHARES);
  }

  /** Whether the log has to be read for it. */
  public boolean byKernel(Arm arm, Shortlist positives, Shortlist negatives) {
    return arm.ranking() == Ranking.KERNEL
        && !positives.question().isEmpty()
        && hits(positives, negatives).findAny().isPresent();
  }

  /** Pipeline: what the log says of the candidates, the latest first. */
  public List<Bson> entriesPipeline(Shortlist positives, Shortlist negatives) {
    List<String> keys = hits(positives, negatives).map(hit -> hit.row().getString("_id")).toList();
    return List.of(
        new Document("$match", new Document("case", new Document("$in", keys))),
        new Document("$sort", new Document("at", -1)),
        new Document("$limit", MOST_ENTRIES));
  }

  private static Stream<Hit> hits(Shortlist... lists) {
    return Stream.of(lists)
        .filter(list -> list.found() != null)
        .flatMap(list -> list.found().hits().stream());
  }

  /** No entries, for the other rankings. */
  public List<Document> none() {
    return List.of();
  }

  /** The answer. */
  public CaseReply reply(
      Shortlist positives, Shortlist negatives, Arm arm, List<Document> entries) {
    Map<String, List<LogEntry>> log =
        entries.stream().map(LogEntry::from).collect(Collectors.groupingBy(LogEntry::caseKey));
    return new CaseReply(
        positives.search(),
        arm,
        examples(positives, arm, log),
        examples(negatives, arm, log),
        positives.space().id(),
        positives.question().stream().anyMatch(Embedding::truncated));
  }

  private List<Example> examples(Shortlist list, Arm arm, Map<String, List<LogEntry>> log) {
    if (list.found() == null) {
      return List.of();
    }
    Nearness nearness = new Nearness(space.calibration(list.space().id()), list);
    if (!nearness.reaches(threshold(list.search()))) {
      return List.of();
    }
    List<Example> ranked = new ArrayList<>();
    for (Hit hit : list.found().hits()) {
      ranked.add(example(list, arm, nearness, hit, log));
    }
    ranked.sort(Comparator.comparingDouble(Example::score).reversed().thenComparing(Example::key));
    Distinct distinct = new Distinct(list.places(), settings.nearDuplicate());
    List<Example> shown =
        ranked.stream()
            .filter(example -> distinct.admits(example.key()))
            .limit(list.wanted())
            .toList();
    double all = shown.stream().mapToDouble(Example::score).sum();
    return shown.stream().map(example -> example.sharing(all)).toList();
  }

  private double threshold(CaseSearch search) {
    return search.minSimilarity() == null ? settings.minSimilarity() : search.minSimilarity();
  }

  private Example example(
      Shortlist list, Arm arm, Nearness nearness, Hit hit, Map<String, List<LogEntry>> log) {
    String key = hit.row().getString("_id");
    double value = value(list, arm, nearness, hit, log.getOrDefault(key, List.of()));
    double similarity = nearness.similarity(hit);
    double weight = list.positive() ? value : 1 - value;
    double score = arm.ranking() == Ranking.SIMILARITY ? similarity : similarity * weight;
    return new Example(hit.row(), similarity, nearness.deviations(hit), value, score, 1);
  }

  private double value(
      Shortlist list, Arm arm, Nearness nearness, Hit hit, Collection<LogEntry> entries) {
    if (arm.ranking() != Ranking.KERNEL || list.question().isEmpty()) {
      return judging.value(Judging.evidence(hit.row()));
    }
    return new Kernel(space.calibration(list.space().id()), settings.kernelWidth())
        .value(
            list.problem(),
            nearness.cosine(hit),
            entries,
            judging.prior(),
            judging.decay(),
            judging.now());
  }
}
