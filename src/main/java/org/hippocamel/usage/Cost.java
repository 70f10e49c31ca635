package org.hippocamel.usage;

import java.util.Locale;
import org.hippocamel.config.CostSettings;

/**
 * What a usage costs, in dollars: at a paid API by its tokens, and here by the hardware's share of
 * the month and the energy of the time in which it worked.
 */
public final class Cost {
  private static final double MILLION = 1_000_000;
  private static final double KILO = 1_000;

  private final CostSettings prices;

  public Cost(CostSettings prices) {
    this.prices = prices;
  }

  /** Dollars at the API. */
  public double api(Usage usage) {
    return usage.tokens() / MILLION * prices.apiDollarsPerMillionTokens();
  }

  /** Dollars here in a month. */
  public double own(Usage usage) {
    return prices.hardwareDollarsPerMonth()
        + usage.busyHours() * prices.embedderWatts() / KILO * prices.dollarsPerKilowattHour();
  }

  /** {@link #api} in words. */
  public String apiFormula(Usage usage) {
    return String.format(
        Locale.ROOT,
        "%,d tokens / 1,000,000 x $%s (cost.api-dollars-per-million-tokens)",
        usage.tokens(),
        plain(prices.apiDollarsPerMillionTokens()));
  }

  /** {@link #own} in words. */
  public String ownFormula(Usage usage) {
    return String.format(
        Locale.ROOT,
        "$%s a month (cost.hardware-dollars-per-month) + %.3f busy hours x %s W / 1,000 x $%s"
            + " (cost.embedder-watts, cost.dollars-per-kilowatt-hour)",
        plain(prices.hardwareDollarsPerMonth()),
        usage.busyHours(),
        plain(prices.embedderWatts()),
        plain(prices.dollarsPerKilowattHour()));
  }

  private static String plain(double value) {
    return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
