package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hippocamel.config.Settings;
import org.hippocamel.recall.Freshness;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.Ranking;

/** Reads the fields of a search that say how memories are found and put in order. */
final class RankingFields {
  private static final double MAX_WEIGHT = 100;
  private static final double MIN_HALF_LIFE = 0.001;
  private static final double MAX_HALF_LIFE = 36_500;
  private static final List<String> MODES = Stream.of(Mode.values()).map(Mode::word).toList();
  private static final List<String> FUSIONS =
      Stream.of(Fusing.Rule.values()).map(Fusing.Rule::word).toList();

  private final Fusing fusing;
  private final Bound pool;

  /**
   * @param settings for requests that say nothing of fusion, and the most that a pool may be
   */
  RankingFields(Settings.Recall settings) {
    this.fusing = new Fusing(Fusing.Rule.of(settings.fusion()), settings.lexicalWeight());
    this.pool = new Bound(settings.maxPool(), "recall.max-pool");
  }

  /**
   * What a body says; faults are added to its list.
   *
   * @param limit results wanted, which the lists must hold
   */
  Ranking read(JsonObject in, int limit) {
    Mode mode = mode(in);
    Fusing how = fusing(in);
    Freshness freshness = freshness(in);
    if (freshness != null && mode == Mode.HYBRID && how.rule() == Fusing.Rule.RRF) {
      in.refuse(
          "freshness", "freshness is added to calibrated scores; fusion rrf has reciprocal ranks");
      freshness = null;
    }
    return new Ranking(mode, how, freshness, pool(in, limit));
  }

  /** Hybrid unless the body says otherwise. */
  static Mode mode(JsonObject in) {
    String word = in.choice("mode", MODES);
    return word == null ? Mode.HYBRID : Mode.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Fusing fusing(JsonObject in) {
    String rule = in.choice("fusion", FUSIONS);
    Double weight = in.decimal("lexical_weight", 0, 1);
    return new Fusing(
        rule == null ? fusing.rule() : Fusing.Rule.of(rule),
        weight == null ? fusing.lexicalWeight() : weight);
  }

  private static Freshness freshness(JsonObject in) {
    JsonNode value = in.value("freshness", false);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode)) {
      in.refuse(
          "freshness",
          "freshness must be an object of weight and half_life_days, is " + Sort.of(value));
      return null;
    }
    JsonObject fields = JsonObject.of(value, in.at("freshness"), in.errors());
    Double weight = needed(fields, "weight", 0, MAX_WEIGHT);
    Double halfLife = needed(fields, "half_life_days", MIN_HALF_LIFE, MAX_HALF_LIFE);
    fields.close();
    // A weight of nothing is none.
    return weight == null || halfLife == null || weight == 0
        ? null
        : new Freshness(weight, halfLife);
  }

  private static Double needed(JsonObject in, String name, double min, double max) {
    return in.value(name, true) == null ? null : in.decimal(name, min, max);
  }

  private Integer pool(JsonObject in, int limit) {
    if (in.value("pool", false) == null) {
      return null;
    }
    int wanted = in.integer("pool", 1, pool, limit);
    if (wanted < limit) {
      in.refuse("pool", "pool " + wanted + " is below limit " + limit);
    }
    return Math.max(1, wanted);
  }
}
