package org.hippocamel.ingest;

/**
 * What became of a source.
 *
 * @param sourceId its id, or null when it was refused before it had one
 * @param report counts and failures
 * @param removed passages of an earlier version that were removed
 */
public record Ingested(String sourceId, IngestReport report, long removed) {

  /** Folder of the inbox that the file goes to. */
  public String outcome() {
    return failed() ? InboxFile.FAILED : InboxFile.DONE;
  }

  /** Whether anything of the source is not stored. */
  public boolean failed() {
    return report.failed();
  }

  /** One line for the log. */
  public String summary() {
    return report.stored()
        + " stored, "
        + report.updated()
        + " updated, "
        + report.unchanged()
        + " unchanged, "
        + removed
        + " removed, "
        + report.failures()
        + " failed, "
        + report.truncated()
        + " truncated";
  }
}
