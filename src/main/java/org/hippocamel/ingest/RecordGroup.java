package org.hippocamel.ingest;

import java.util.List;

/**
 * Neighbouring records of one source.
 *
 * @param records those that could be read, in their order
 * @param rejected those that could not
 */
public record RecordGroup(List<SourceRecord> records, List<Rejected> rejected) {

  public RecordGroup {
    records = List.copyOf(records);
    rejected = List.copyOf(rejected);
  }

  /** The 1-based line where a record of the group begins, or null for a document. */
  Integer line(long record) {
    return records.stream()
        .filter(one -> one.record() == record)
        .findFirst()
        .map(SourceRecord::line)
        .orElse(null);
  }

  /** A group of one document, as a request brings it. */
  public static RecordGroup of(SourceRecord record) {
    return new RecordGroup(List.of(record), List.of());
  }
}
