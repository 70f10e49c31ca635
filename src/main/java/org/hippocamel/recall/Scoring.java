package org.hippocamel.recall;

import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.hippocamel.config.Settings;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.SearchReply.Standing;

/**
 * The scores of one round. One list keeps its own scores; two are added up, calibrated by weight
 * (see {@link Scale}), or as reciprocal ranks; freshness comes on top.
 */
final class Scoring {
  private final Round round;
  private final Found found;
  private final Settings.Recall settings;
  private final Scale scale;

  Scoring(Round round, Found found, Settings.Recall settings) {
    this.round = round;
    this.found = found;
    this.settings = settings;
    this.scale = new Scale(round.calibration(), best(found), settings.lexicalFull());
  }

  private static double best(Found found) {
    return found
        .by(Stage.LEXICAL)
        .filter(words -> !words.rows().isEmpty())
        .map(words -> words.score(words.rows().get(0)))
        .orElse(0.0);
  }

  /**
   * Every candidate that is a result, best first.
   *
   * @param completed the scores that were missing, as {@link Gaps} said
   */
  List<Scored> inOrder(Found completed) {
    Map<String, Map<Stage, Standing>> standings = new LinkedHashMap<>();
    Map<String, Document> rows = new LinkedHashMap<>();
    for (Candidates list : found.lists()) {
      int rank = 0;
      for (Document row : list.rows()) {
        rows.putIfAbsent(id(row), row);
        stand(standings, list, row, ++rank);
      }
    }
    completed.lists().forEach(list -> list.rows().forEach(row -> stand(standings, list, row, 0)));
    return rows.values().stream()
        .filter(row -> counts(standings.get(id(row))))
        .map(row -> scored(row, standings.get(id(row))))
        .filter(one -> round.request().threshold().reached(one.score(), one.relevance()))
        .sorted(Scored.BEST_FIRST)
        .toList();
  }

  private static String id(Document row) {
    return row.getString("_id");
  }

  private void stand(
      Map<String, Map<Stage, Standing>> standings, Candidates list, Document row, int rank) {
    double score = list.score(row);
    standings
        .computeIfAbsent(id(row), id -> new EnumMap<>(Stage.class))
        .putIfAbsent(list.stage(), new Standing(rank, score, counted(list.stage(), score, rank)));
  }

  private double counted(Stage stage, double score, int rank) {
    if (round.request().ranking().byRanks()) {
      return rank == 0 ? 0 : 1.0 / (settings.rankConstant() + rank);
    }
    return calibrated(stage, score);
  }

  private double calibrated(Stage stage, double score) {
    return stage == Stage.VECTOR ? scale.cosine(score) : scale.words(score);
  }

  /** Whether the mode's own search has a score for it. */
  private boolean counts(Map<Stage, Standing> stages) {
    return switch (round.request().mode()) {
      case VECTOR -> stages.containsKey(Stage.VECTOR);
      case LEXICAL -> stages.containsKey(Stage.LEXICAL);
      case HYBRID -> true;
    };
  }

  private Scored scored(Document row, Map<Stage, Standing> stages) {
    double score =
        switch (round.request().mode()) {
          case VECTOR -> stages.get(Stage.VECTOR).score();
          case LEXICAL -> stages.get(Stage.LEXICAL).score();
          case HYBRID -> fused(stages);
        };
    double fresh = fresh(row);
    return new Scored(id(row), score + gain(fresh), relevance(stages), fresh, stages);
  }

  private double fused(Map<Stage, Standing> stages) {
    return round.request().ranking().byRanks()
        ? stages.values().stream().mapToDouble(Standing::calibrated).sum()
        : weighed(part(stages, Stage.VECTOR), part(stages, Stage.LEXICAL));
  }

  private double part(Map<Stage, Standing> stages, Stage stage) {
    return stages.containsKey(stage)
        ? calibrated(stage, stages.get(stage).score())
        : missing(stage);
  }

  /**
   * What a memory without the query's words has, or one without a vector, which is as far as can
   * be. Where the query has no vector that tells nothing.
   */
  private double missing(Stage stage) {
    return stage == Stage.VECTOR && found.question().hasVector() ? scale.cosine(-1) : 0;
  }

  private double weighed(double cosine, double words) {
    double weight = round.request().fusing().lexicalWeight();
    return (1 - weight) * cosine + weight * words;
  }

  private double relevance(Map<Stage, Standing> stages) {
    return round.byBoth() && found.question().hasVector()
        ? weighed(part(stages, Stage.VECTOR), part(stages, Stage.LEXICAL))
        : Double.NaN;
  }

  private double fresh(Document row) {
    Freshness freshness = round.request().ranking().freshness();
    if (freshness == null) {
      return Double.NaN;
    }
    Instant occurred = row.get("occurred_at") instanceof Date date ? date.toInstant() : null;
    return freshness.share(occurred, round.asOf());
  }

  /** What freshness adds, in the scores of the mode: cosines are deviations of the space apart. */
  private double gain(double share) {
    Freshness freshness = round.request().ranking().freshness();
    if (freshness == null) {
      return 0;
    }
    double unit = round.request().mode() == Mode.VECTOR ? round.calibration().deviation() : 1;
    return freshness.weight() * unit * share;
  }

  /** The most that a memory can have which is in none of the lists. */
  Ceiling ceiling() {
    Optional<Double> cosine = lowest(Stage.VECTOR);
    Optional<Double> words = lowest(Stage.LEXICAL);
    boolean complete =
        switch (round.request().mode()) {
          case VECTOR -> cosine.isEmpty();
          case LEXICAL -> words.isEmpty();
          case HYBRID -> cosine.isEmpty() && words.isEmpty();
        };
    if (complete) {
      return Ceiling.NOTHING_ELSE;
    }
    double weighed =
        weighed(
            cosine.map(scale::cosine).orElse(missing(Stage.VECTOR)),
            words.map(scale::words).orElse(missing(Stage.LEXICAL)));
    double score =
        switch (round.request().mode()) {
          case VECTOR -> cosine.orElseThrow();
          case LEXICAL -> words.orElseThrow();
          case HYBRID -> weighed;
        };
    return new Ceiling(score + gain(1), round.byBoth() ? weighed : Double.POSITIVE_INFINITY);
  }

  /** The lowest score of a list that may go on; empty when it shows everything or was not made. */
  private Optional<Double> lowest(Stage stage) {
    return found
        .by(stage)
        .filter(list -> list.rows().size() >= round.pool())
        .map(Candidates::lowest);
  }
}
