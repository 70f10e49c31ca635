package org.hippocamel.shadow;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.hippocamel.eval.Bootstrap;
import org.hippocamel.eval.Latency;

/**
 * What shadowed searches tell of two spaces.
 *
 * @param space id of the space that answered
 * @param other id of the space that was asked as well
 * @param searches number of searches
 * @param overlap share of results that both have, with its 95 % interval
 * @param tau rank correlation of those, null where no two answers shared two results
 * @param latency of the first
 * @param otherLatency of the second
 */
public record SpaceComparison(
    String space,
    String other,
    int searches,
    Bootstrap.Interval overlap,
    Bootstrap.Interval tau,
    Latency latency,
    Latency otherLatency) {

  /**
   * @param searches of one pair of spaces, at least one
   */
  static SpaceComparison of(List<ShadowedSearch> searches) {
    ShadowedSearch any = searches.get(0);
    double[] taus =
        searches.stream()
            .map(one -> one.agreement().tau())
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    Bootstrap bootstrap = new Bootstrap();
    return new SpaceComparison(
        any.space(),
        any.other(),
        searches.size(),
        bootstrap.mean(values(searches, one -> one.agreement().overlap())),
        taus.length == 0 ? null : bootstrap.mean(taus),
        Latency.ofMillis(values(searches, ShadowedSearch::millis)),
        Latency.ofMillis(values(searches, ShadowedSearch::otherMillis)));
  }

  private static double[] values(
      List<ShadowedSearch> searches, ToDoubleFunction<ShadowedSearch> value) {
    return searches.stream().mapToDouble(value).toArray();
  }
}
