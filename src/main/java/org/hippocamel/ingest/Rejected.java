package org.hippocamel.ingest;

/**
 * A record that cannot be read; its neighbours can.
 *
 * @param record 0-based number in the source
 * @param line 1-based line where it begins, or null
 * @param reason what is wrong and what to do, without the place
 */
public record Rejected(long record, Integer line, String reason) implements Entry {

  /** The reason with its place: {@code "line 17: text is missing"}. */
  public String sentence() {
    return (line == null ? "record " + record : "line " + line) + ": " + reason;
  }
}
