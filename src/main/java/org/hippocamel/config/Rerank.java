package org.hippocamel.config;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code rerank.*}: where the reranker is, and how much it is asked at once.
 *
 * @param url base URL; empty where there is none
 * @param apiKey its bearer key, "" for none
 * @param top best results of a search that are reranked
 * @param deadline longest wait of a search for its scores
 * @param apiDeadline longest wait of {@code POST /v1/rerank}
 * @param calls calls in flight
 * @param batchTexts texts of a call
 * @param batchBytes bytes of a call in JSON
 * @param maxDocuments documents of one {@code POST /v1/rerank}
 */
public record Rerank(
    Optional<String> url,
    String apiKey,
    int top,
    Duration deadline,
    Duration apiDeadline,
    int calls,
    int batchTexts,
    int batchBytes,
    int maxDocuments) {

  static Rerank read(SettingReader in) {
    return new Rerank(
        in.optional("rerank.url"),
        in.raw("rerank.api-key"),
        in.integer("rerank.top", 1, 1_000),
        in.millis("rerank.deadline-millis"),
        in.millis("rerank.api-deadline-millis"),
        in.integer("rerank.calls", 1, 64),
        in.integer("rerank.batch-texts", 1, 4_096),
        in.integer("rerank.batch-bytes", 1_000, 100_000_000),
        in.integer("rerank.max-documents", 1, 100_000));
  }

  void check(SettingReader in) {
    url.filter(address -> !address.matches("https?://.+"))
        .ifPresent(
            address ->
                in.refuse(
                    "rerank.url", "\"" + address + "\" is neither none nor an http(s) address"));
    url.ifPresent(address -> Settings.refuseSlash(in, "rerank.url", address));
  }
}
