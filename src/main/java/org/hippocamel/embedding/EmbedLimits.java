package org.hippocamel.embedding;

import org.hippocamel.config.Settings;

/**
 * What one TEI call may hold and how many may be under way.
 *
 * @param texts texts of a call, at least 1
 * @param chars characters of a call
 * @param queryCalls calls in flight for the query lane
 * @param ingestCalls calls in flight for the ingest lane
 * @param textTokens tokens of a text that the model sees, special tokens not counted
 */
public record EmbedLimits(int texts, int chars, int queryCalls, int ingestCalls, int textTokens) {
  private static final int SPECIAL_TOKENS = 2; // [CLS] and [SEP]

  /**
   * The configured values, cut down to what the server allows: {@code max_client_batch_size} texts
   * a call, and all calls together at most the configured share of {@code max_concurrent_requests},
   * which TEI counts in texts, not in calls.
   */
  public static EmbedLimits of(Settings.Tei tei, Settings.Embed embed, TeiInfo info) {
    int inFlight = Math.max(1, (int) (info.maxConcurrentRequests() * tei.share()));
    int batch = Math.max(1, Math.min(embed.batchTexts(), info.maxClientBatchSize()));
    int texts = Math.min(batch, inFlight);
    int calls = Math.max(1, inFlight / texts);
    int queryCalls = Math.max(1, Math.min(tei.queryCalls(), calls / 2));
    int ingestCalls = Math.max(1, Math.min(tei.ingestCalls(), calls - queryCalls));
    if (queryCalls + ingestCalls > calls) {
      texts = Math.max(1, inFlight / 2);
    }
    return new EmbedLimits(
        texts, embed.batchChars(), queryCalls, ingestCalls, info.maxInputLength() - SPECIAL_TOKENS);
  }

  /** Calls in flight for a lane. */
  public int calls(Lane lane) {
    return lane == Lane.QUERY ? queryCalls : ingestCalls;
  }
}
