package org.hippocamel.config;

/**
 * What embedding costs here and at a paid API ({@code cost.*}).
 *
 * @param apiDollarsPerMillionTokens price of the API that this replaces
 * @param hardwareDollarsPerMonth share of the hardware that is charged to embedding
 * @param embedderWatts what the device draws while it embeds
 * @param dollarsPerKilowattHour price of its energy
 */
public record CostSettings(
    double apiDollarsPerMillionTokens,
    double hardwareDollarsPerMonth,
    double embedderWatts,
    double dollarsPerKilowattHour) {

  static CostSettings read(SettingReader in) {
    return new CostSettings(
        in.decimal("cost.api-dollars-per-million-tokens", 0, 1_000_000),
        in.decimal("cost.hardware-dollars-per-month", 0, 1_000_000),
        in.decimal("cost.embedder-watts", 0, 1_000_000),
        in.decimal("cost.dollars-per-kilowatt-hour", 0, 1_000));
  }
}
