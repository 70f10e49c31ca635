package org.hippocamel.drill;

import java.util.Random;

/** Made-up sentences, the same ones for the same seed; no two are alike. */
final class Prose {
  private static final String[] WORDS =
      """
      account agent alarm answer archive backup balance battery bearing boiler border bridge budget
      cable camera canal cargo carrier ceiling circuit climate contract copper council counter
      crane customer deadline delivery desert device dinner district driver engine estate export
      factory farmer filter forest freight garden glacier grain harbour harvest heating hospital
      insurance invoice island journal journey kitchen ladder laptop lawyer ledger library loan
      machine market medicine meeting memory merchant mirror mortgage motor mountain museum network
      notebook office orchard oven packet painter parcel patient payment pension pilot pipeline
      planet platform printer profit pump quarry railway receipt recipe refund rental report
      reservoir river roof route safety salary sample school season sensor server shipment signal
      station storage storm student supplier surgeon survey tariff telescope tenant theatre ticket
      timber tractor traffic tunnel turbine union valley vehicle vendor village voltage voyage
      warehouse warranty water weather wheel window winter workshop
      """
          .strip()
          .split("\\s+");

  private final Random random;

  Prose(long seed) {
    random = new Random(seed);
  }

  /** Words joined by blanks, about one token each. */
  String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }
}
