package org.hippocamel.recall;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.config.Settings;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.SearchReply.Hit;
import org.hippocamel.recall.SearchReply.Standing;
import org.hippocamel.spaces.ActiveSpace;

/**
 * Makes one ranking of the lists of candidates. One list keeps its own scores. Two are added up:
 * calibrated scores by weight (see {@link Scale}), or reciprocal ranks. Ties are broken by id, so
 * that the same question gives the same order.
 */
public final class Fusion {
  private final ActiveSpace space;
  private final Settings.Recall settings;

  public Fusion(ActiveSpace space, Settings.Recall settings) {
    this.space = space;
    this.settings = settings;
  }

  /**
   * The best {@code limit} of all candidates that reach the request's threshold.
   *
   * @param found what the searches brought up
   * @param completed the scores that were missing, as {@link Gaps} said
   */
  public SearchReply reply(
      RecallRequest request, CandidateLists.Found found, CandidateLists.Found completed) {
    Map<String, Document> rows = new LinkedHashMap<>();
    Map<String, Map<Stage, Standing>> standings = new LinkedHashMap<>();
    Scale scale = new Scale(space.calibration(), best(found), settings.lexicalFull());
    for (Candidates list : found.lists()) {
      int rank = 0;
      for (Document row : list.rows()) {
        rows.putIfAbsent(id(row), row);
        stand(standings, list.stage(), row, standing(request, scale, list.stage(), row, ++rank));
      }
    }
    for (Candidates list : completed.lists()) {
      list.rows()
          .forEach(
              row ->
                  stand(
                      standings,
                      list.stage(),
                      row,
                      standing(request, scale, list.stage(), row, 0)));
    }
    List<Hit> ranked =
        rows.values().stream()
            .map(row -> hit(request, row, standings.get(id(row))))
            .filter(hit -> request.threshold().reached(hit.score()))
            .sorted(
                Comparator.comparingDouble(Hit::score)
                    .reversed()
                    .thenComparing(hit -> id(hit.row())))
            .limit(request.limit())
            .toList();
    boolean truncated = found.lists().stream().anyMatch(Candidates::queryTruncated);
    return new SearchReply(ranked, space.get().id(), request.mode(), request.explain(), truncated);
  }

  private static String id(Document row) {
    return row.getString("_id");
  }

  private static void stand(
      Map<String, Map<Stage, Standing>> standings, Stage stage, Document row, Standing standing) {
    standings
        .computeIfAbsent(id(row), id -> new EnumMap<>(Stage.class))
        .putIfAbsent(stage, standing);
  }

  private static double best(CandidateLists.Found found) {
    return found.lists().stream()
        .filter(list -> list.stage() == Stage.LEXICAL)
        .flatMap(list -> list.rows().stream())
        .mapToDouble(row -> score(Stage.LEXICAL, row))
        .max()
        .orElse(0);
  }

  private static double score(Stage stage, Document row) {
    double score = row.get("score", Number.class).doubleValue();
    return stage == Stage.VECTOR ? 2 * score - 1 : score;
  }

  private Standing standing(
      RecallRequest request, Scale scale, Stage stage, Document row, int rank) {
    double score = score(stage, row);
    if (request.fusing().rule() == Fusing.Rule.RRF) {
      return new Standing(rank, score, 1.0 / (settings.rankConstant() + rank));
    }
    return new Standing(
        rank, score, stage == Stage.VECTOR ? scale.cosine(score) : scale.words(score));
  }

  private static Hit hit(RecallRequest request, Document row, Map<Stage, Standing> stages) {
    double score =
        switch (request.mode()) {
          case VECTOR -> stages.get(Stage.VECTOR).score();
          case LEXICAL -> stages.get(Stage.LEXICAL).score();
          case HYBRID -> fused(request.fusing(), stages);
        };
    return new Hit(row, score, stages);
  }

  private static double fused(Fusing fusing, Map<Stage, Standing> stages) {
    Stream<Map.Entry<Stage, Standing>> all = stages.entrySet().stream();
    return fusing.rule() == Fusing.Rule.RRF
        ? all.mapToDouble(stage -> stage.getValue().calibrated()).sum()
        : all.mapToDouble(stage -> weight(fusing, stage.getKey()) * stage.getValue().calibrated())
            .sum();
  }

  private static double weight(Fusing fusing, Stage stage) {
    return stage == Stage.LEXICAL ? fusing.lexicalWeight() : 1 - fusing.lexicalWeight();
  }
}
