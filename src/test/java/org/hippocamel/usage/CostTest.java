package org.hippocamel.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hippocamel.config.CostSettings;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final double EXACT = 1e-12;

  private final Cost cost = new Cost(new CostSettings(0.02, 1.5, 72, 0.15));

  /** The plan's own figures: 36 billion tokens a month are $720 at the API. */
  @Test
  void api_isTokensTimesPrice() {
    assertEquals(720, cost.api(new Usage(1, 6_000_000_000L, 30_000_000_000L, 0)), EXACT);
    assertEquals(0, cost.api(Usage.NONE), EXACT);
  }

  @Test
  void own_isTheHardwaresShareAndTheEnergyOfBusyHours() {
    assertEquals(1.5, cost.own(Usage.NONE), EXACT);
    assertEquals(1.5 + 10 * 0.072 * 0.15, cost.own(new Usage(1, 1, 0, 36_000)), EXACT);
  }

  @Test
  void formulas_showTheirNumbersAndSettings() {
    Usage usage = new Usage(1, 1_000_000, 234_567, 1_800);
    assertEquals(
        "1,234,567 tokens / 1,000,000 x $0.02 (cost.api-dollars-per-million-tokens)",
        cost.apiFormula(usage));
    assertEquals(
        "$1.5 a month (cost.hardware-dollars-per-month) + 0.500 busy hours x 72 W / 1,000 x $0.15"
            + " (cost.embedder-watts, cost.dollars-per-kilowatt-hour)",
        cost.ownFormula(usage));
  }
}
