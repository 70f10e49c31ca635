package org.hippocamel.config;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.util.Optional;

/**
 * {@code reembed.*}.
 *
 * @param sliceRows rows that a process claims at a time
 * @param portionRows texts of one embedding call and one write
 * @param slicesAtOnce slices that a process works on side by side
 * @param textsPerSecond of this process at most; 0 for no bound
 * @param verifySample rows whose vectors are computed again before a switch
 * @param maxRefused texts without a vector that a switch may leave behind
 * @param evaluation name of a labelled set that is asked in both spaces
 * @param margin by which the new space may be worse on it, in [0, 1]
 * @param cron when to look for what is stale, in UTC
 */
public record ReembedSettings(
    int sliceRows,
    int portionRows,
    int slicesAtOnce,
    int textsPerSecond,
    int verifySample,
    int maxRefused,
    Optional<String> evaluation,
    double margin,
    Optional<Cron> cron) {

  static ReembedSettings read(SettingReader in) {
    return new ReembedSettings(
        in.integer("reembed.slice-rows", 1, 100_000),
        in.integer("reembed.portion-rows", 1, 1_000),
        in.integer("reembed.slices-at-once", 1, 16),
        in.integer("reembed.texts-per-second", 0, 1_000_000),
        in.integer("reembed.verify-sample", 0, 10_000),
        in.integer("reembed.max-refused", 0, 1_000_000_000),
        in.optional("reembed.evaluation"),
        in.decimal("reembed.margin", 0, 1),
        cron(in));
  }

  private static Optional<Cron> cron(SettingReader in) {
    try {
      return in.optional("reembed.cron").map(ReembedSettings::parse);
    } catch (IllegalArgumentException e) {
      in.refuse("reembed.cron", "is no crontab expression of five fields: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Cron parse(String expression) {
    return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
        .parse(expression);
  }
}
