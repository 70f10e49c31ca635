package org.hippocamel.embedding;

import java.time.Duration;
import java.util.List;
import org.hippocamel.config.Settings;

/** Settings and tickets that tests of this package share. */
final class EmbedSettings {
  private EmbedSettings() {}

  static Settings.Tei tei(int queryCalls, int ingestCalls, double share) {
    return new Settings.Tei("http://127.0.0.1:1", "", queryCalls, ingestCalls, share);
  }

  static Settings.Embed embed(int batchTexts, int batchChars) {
    return new Settings.Embed(batchTexts, batchChars, Duration.ofSeconds(1), "");
  }

  /** Calls of so many texts and chars, by a server with its stock limits. */
  static CurrentLimits limits(int batchTexts, int batchChars) {
    return new CurrentLimits(tei(2, 4, 0.75), embed(batchTexts, batchChars));
  }

  static TeiInfo info(int maxConcurrentRequests, int maxClientBatchSize) {
    return new TeiInfo(
        "m", null, "cls", maxConcurrentRequests, maxClientBatchSize, 512, 16_384, true);
  }

  static Ticket ticket(String... texts) {
    return new Ticket(List.of(texts), Lane.QUERY);
  }
}
