package org.hippocamel.recall;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.recall.SearchReply.Hit;
import org.hippocamel.recall.SearchReply.Standing;
import org.hippocamel.spaces.ActiveSpace;

/**
 * Fuses lists of candidates: one list keeps its own scores, two are ranked by the sum of reciprocal
 * ranks, 1 / (k + rank). Ties are broken by id, so that the same question gives the same order.
 */
public final class Fusion {
  private final ActiveSpace space;
  private final int rankConstant;

  public Fusion(ActiveSpace space, int rankConstant) {
    this.space = space;
    this.rankConstant = rankConstant;
  }

  /** The best {@code limit} of all candidates that reach the request's threshold. */
  public SearchReply reply(RecallRequest request, CandidateLists.Found found) {
    Map<String, Hit> hits = new LinkedHashMap<>();
    found.lists().forEach(candidates -> collect(hits, candidates));
    List<Hit> ranked =
        hits.values().stream()
            .map(hit -> new Hit(hit.row(), score(request.mode(), hit), hit.stages()))
            .filter(hit -> request.minScore() == null || hit.score() >= request.minScore())
            .sorted(
                Comparator.comparingDouble(Hit::score)
                    .reversed()
                    .thenComparing(hit -> hit.row().getString("_id")))
            .limit(request.limit())
            .toList();
    boolean truncated = found.lists().stream().anyMatch(Candidates::queryTruncated);
    return new SearchReply(ranked, space.get().id(), request.mode(), request.explain(), truncated);
  }

  private static void collect(Map<String, Hit> hits, Candidates candidates) {
    int rank = 0;
    for (Document row : candidates.rows()) {
      Standing standing = new Standing(++rank, score(candidates.stage(), row));
      hits.computeIfAbsent(
              row.getString("_id"), id -> new Hit(row, 0, new EnumMap<>(Candidates.Stage.class)))
          .stages()
          .put(candidates.stage(), standing);
    }
  }

  private static double score(Candidates.Stage stage, Document row) {
    double score = row.get("score", Number.class).doubleValue();
    return stage == Candidates.Stage.VECTOR ? 2 * score - 1 : score;
  }

  private double score(Mode mode, Hit hit) {
    return switch (mode) {
      case VECTOR -> hit.stages().get(Candidates.Stage.VECTOR).score();
      case LEXICAL -> hit.stages().get(Candidates.Stage.LEXICAL).score();
      case HYBRID ->
          hit.stages().values().stream()
              .mapToDouble(standing -> 1.0 / (rankConstant + standing.rank()))
              .sum();
    };
  }
}
