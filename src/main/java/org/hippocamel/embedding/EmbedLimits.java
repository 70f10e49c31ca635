package org.hippocamel.embedding;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hippocamel.config.Settings;

/**
 * What one TEI call may hold and how many may be under way.
 *
 * @param texts texts of a call, at least 1
 * @param bytes bytes of a call's texts in JSON
 * @param tokens estimated tokens of a call
 * @param queryCalls calls in flight for the query lane
 * @param ingestCalls calls in flight for the ingest lane
 * @param besideQueries the same while somebody waits in the query lane
 * @param inFlight texts in flight, of both lanes
 * @param textTokens tokens of a text that the model sees, special tokens not counted
 */
public record EmbedLimits(
    int texts,
    int bytes,
    int tokens,
    int queryCalls,
    int ingestCalls,
    int besideQueries,
    int inFlight,
    int textTokens) {
  /** [CLS] and [SEP]. */
  static final int SPECIAL_TOKENS = 2;

  /**
   * The configured values, cut down to what the server allows: {@code max_client_batch_size} texts
   * and {@code max_batch_tokens} a call, and all calls together at most the configured share of
   * {@code max_concurrent_requests}, which TEI counts in texts, not in calls.
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
        texts,
        embed.batchBytes(),
        info.maxBatchTokens(),
        queryCalls,
        ingestCalls,
        Math.min(ingestCalls, tei.ingestCallsBesideQueries()),
        inFlight,
        info.maxInputLength() - SPECIAL_TOKENS);
  }

  /** Of several servers together: a call must suit each of them, calls add up. */
  static EmbedLimits together(List<EmbedLimits> each) {
    return each.stream().reduce(EmbedLimits::with).orElseThrow();
  }

  private EmbedLimits with(EmbedLimits other) {
    return new EmbedLimits(
        Math.min(texts, other.texts),
        Math.min(bytes, other.bytes),
        Math.min(tokens, other.tokens),
        queryCalls + other.queryCalls,
        ingestCalls + other.ingestCalls,
        besideQueries + other.besideQueries,
        inFlight + other.inFlight,
        Math.min(textTokens, other.textTokens));
  }

  /** The same with the room that a text has behind an instruction: no byte is two tokens. */
  public EmbedLimits behind(String instruction) {
    return new EmbedLimits(
        texts,
        bytes,
        tokens,
        queryCalls,
        ingestCalls,
        besideQueries,
        inFlight,
        textTokens - instruction.getBytes(StandardCharsets.UTF_8).length);
  }

  /** Calls in flight for a lane. */
  public int calls(Lane lane) {
    return lane == Lane.QUERY ? queryCalls : ingestCalls;
  }

  /** Whether a call of this size is within them. */
  boolean hold(Size size) {
    return size.texts() <= texts && size.bytes() <= bytes && size.tokens() <= tokens;
  }

  /** What a text takes of a call, as far as can be said without the model's tokenizer. */
  Size size(String text) {
    return Size.of(text, textTokens + SPECIAL_TOKENS);
  }
}
