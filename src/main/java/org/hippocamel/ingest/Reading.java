package org.hippocamel.ingest;

import java.util.concurrent.atomic.AtomicLong;
import org.hippocamel.job.JobProgress;

/**
 * A source while it is taken in.
 *
 * @param incoming what it is
 * @param origin what its passages share
 * @param records its records, group by group; read by one thread, closed when read to the end
 * @param passages how its records become passages, by the limits of the model served now
 * @param report what became of it so far
 * @param removed passages of an earlier version that were removed
 * @param turn keeps other versions of the source waiting until the reading is closed
 */
public record Reading(
    Incoming incoming,
    Origin origin,
    RecordReader records,
    Passages passages,
    IngestReport report,
    AtomicLong removed,
    SourceTurns.Turn turn) {

  public String sourceId() {
    return origin.sourceId();
  }

  /** Where what became of its records is counted. */
  JobProgress progress() {
    return incoming.run().progress();
  }

  public String version() {
    return origin.version();
  }
}
