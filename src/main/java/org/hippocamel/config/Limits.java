package org.hippocamel.config;

/**
 * Bounds on what a caller may send ({@code limits.*}). Each refusal names the key.
 *
 * @param maxTextChars characters of one interaction or record
 * @param maxDocumentChars characters of one document
 * @param maxItems memories in one request
 * @param maxInputs texts in one request of OpenAI's embeddings API
 * @param minDimensions shortest vector that API gives, 0 for the model's own length only
 * @param maxMetadataFields fields in one metadata object
 * @param maxMetadataChars characters of one metadata string
 * @param maxIdChars characters of ids, agent and session names
 * @param maxQueryChars characters of a search query
 * @param maxLimit results of one search
 * @param maxFilterDepth nesting of a filter
 * @param maxFilterClauses conditions in a filter, list values included
 */
public record Limits(
    int maxTextChars,
    int maxDocumentChars,
    int maxItems,
    int maxInputs,
    int minDimensions,
    int maxMetadataFields,
    int maxMetadataChars,
    int maxIdChars,
    int maxQueryChars,
    int maxLimit,
    int maxFilterDepth,
    int maxFilterClauses) {

  /** The values that {@code application.properties} ships. */
  public static Limits defaults() {
    return new Limits(32_000, 4_000_000, 1_000, 2_048, 0, 64, 2_000, 200, 8_000, 200, 8, 128);
  }
}
