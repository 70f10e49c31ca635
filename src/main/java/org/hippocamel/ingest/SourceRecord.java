package org.hippocamel.ingest;

import java.time.Instant;
import java.util.Map;

/**
 * One record of a source: a line of a JSONL file, a row of a CSV file, or a whole document.
 *
 * @param record 0-based number in the source; rejected records count, blank lines do not
 * @param line 1-based line where it begins, or null for a document
 * @param id the caller's own id, or null
 * @param title title, or null
 * @param text the text, not blank
 * @param agentId who made it, or null
 * @param sessionId in which conversation, or null
 * @param metadata flat: String, Long, Double, Boolean, or a List of one of them
 * @param occurredAt when it happened, or null
 * @param format how the text is written
 */
public record SourceRecord(
    long record,
    Integer line,
    String id,
    String title,
    String text,
    String agentId,
    String sessionId,
    Map<String, Object> metadata,
    Instant occurredAt,
    DocumentFormat format)
    implements Entry {

  public SourceRecord {
    metadata = Map.copyOf(metadata);
  }

  /** The same record with metadata that has been checked. */
  SourceRecord withMetadata(Map<String, Object> checked) {
    return new SourceRecord(
        record, line, id, title, text, agentId, sessionId, checked, occurredAt, format);
  }

  /** A document that is one record: a Markdown or text file, or the body of a request. */
  public static SourceRecord document(String title, String text, DocumentFormat format) {
    return new SourceRecord(0, null, null, title, text, null, null, Map.of(), null, format);
  }
}
