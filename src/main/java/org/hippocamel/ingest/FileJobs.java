package org.hippocamel.ingest;

import org.bson.Document;
import org.hippocamel.config.Settings;
import org.hippocamel.job.AbandonedFiles;
import org.hippocamel.job.JobKind;
import org.hippocamel.job.JobRequest;
import org.hippocamel.job.JobRun;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The jobs that files of the inbox are. */
public final class FileJobs {
  private static final int DIGITS = 24;

  private final Settings.Ingest settings;

  public FileJobs(Settings.Ingest settings) {
    this.settings = settings;
  }

  /**
   * The job of a file. The same file has the same job, so that it goes on after a crash; a file of
   * that name with other bytes has another one.
   *
   * @param modified milliseconds since 1970
   */
  public JobRequest request(String name, long bytes, long modified) {
    String id = Sha256.hex(name + "\n" + bytes + "\n" + modified, DIGITS);
    Document parameters = new Document(AbandonedFiles.FILE, name).append("bytes", bytes);
    String unit = DocumentFormat.find(name).map(DocumentFormat::unit).orElse("records");
    return new JobRequest(settings.tenant(), JobKind.FILE, id, unit, parameters);
  }

  /**
   * The end of a file that goes to {@code done/} or {@code failed/}.
   *
   * @param target where it goes, below the inbox
   */
  public void conclude(JobRun run, Ingested ingested, String target) {
    IngestReport report = ingested.report();
    if (ingested.failed()) {
      run.fail(
          new Problem(
              ProblemKind.INVALID,
              report.failures()
                  + " records are not stored; "
                  + InboxFile.errorName(target)
                  + " names them"));
    }
    if (ingested.sourceId() != null) {
      run.finish(
          new Document("source_id", ingested.sourceId())
              .append("passages", report.passages())
              .append("stored", report.stored() + report.updated())
              .append("unchanged", report.unchanged())
              .append("removed", ingested.removed())
              .append("truncated", report.truncated())
              .append("failed", report.failures())
              .append("moved_to", target));
    }
  }
}
