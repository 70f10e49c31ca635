package org.hippocamel.usage;

import org.bson.Document;

/**
 * What the embedder was asked for in some time.
 *
 * @param texts that went to it
 * @param queryTokens tokens of those that somebody waited for, as the embedder counts them
 * @param ingestTokens the same of bulk work
 * @param busySeconds time in which at least one call was under way
 */
public record Usage(long texts, long queryTokens, long ingestTokens, double busySeconds) {
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  public long tokens() {
    return queryTokens + ingestTokens;
  }

  public double busyHours() {
    return busySeconds / 3_600;
  }

  /** Whether there is anything of it. */
  public boolean any() {
    return texts > 0;
  }

  Usage plus(Usage other) {
    return new Usage(
        texts + other.texts,
        queryTokens + other.queryTokens,
        ingestTokens + other.ingestTokens,
        busySeconds + other.busySeconds);
  }

  Usage minus(Usage other) {
    return plus(
        new Usage(-other.texts, -other.queryTokens, -other.ingestTokens, -other.busySeconds));
  }

  /** So many times as much. */
  Usage times(double factor) {
    return new Usage(
        Math.round(texts * factor),
        Math.round(queryTokens * factor),
        Math.round(ingestTokens * factor),
        busySeconds * factor);
  }

  Document toDocument() {
    return new Document("texts", texts)
        .append("query_tokens", queryTokens)
        .append("ingest_tokens", ingestTokens)
        .append("busy_seconds", busySeconds);
  }

  static Usage from(Document row) {
    return new Usage(
        row.get("texts", Number.class).longValue(),
        row.get("query_tokens", Number.class).longValue(),
        row.get("ingest_tokens", Number.class).longValue(),
        row.get("busy_seconds", Number.class).doubleValue());
  }
}
