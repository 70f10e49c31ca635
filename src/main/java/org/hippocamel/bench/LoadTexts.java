package org.hippocamel.bench;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Made-up texts. The words are the same in every run of one seed; behind them stand the mark of the
 * run and a number, so that no cache has ever seen one of them. Thread-safe.
 */
final class LoadTexts {
  private static final String[] WORDS =
      """
      account agent alarm answer archive backup balance battery bearing boiler border bridge budget
      cable camera canal cargo carrier circuit climate contract copper crane customer deadline
      delivery device driver engine estate export factory filter forest freight garden harbour
      harvest heating insurance invoice island journal kitchen ladder library market medicine
      memory museum network orchard packet parcel patient pipeline printer profit railway receipt
      refund rental reservoir
      """
          .strip()
          .split("\\s+");

  private final long seed;
  private final int words;
  private final String mark;
  private final AtomicLong number = new AtomicLong();

  /**
   * @param mark unlike that of every other run
   */
  LoadTexts(long seed, int words, String mark) {
    this.seed = seed;
    this.words = words;
    this.mark = mark;
  }

  String next() {
    long n = number.incrementAndGet();
    long state = seed * 0x9e3779b97f4a7c15L + n;
    StringBuilder text = new StringBuilder(words * 8 + 24);
    for (int i = 0; i < words; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX generator
      text.append(WORDS[(int) ((state >>> 33) % WORDS.length)]).append(' ');
    }
    return text.append(mark).append(' ').append(n).toString();
  }
}
