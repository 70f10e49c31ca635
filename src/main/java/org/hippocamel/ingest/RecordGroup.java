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

  /** A group of one document, as a request brings it. */
  public static RecordGroup of(SourceRecord record) {
    return new RecordGroup(List.of(record), List.of());
  }
}
