package org.hippocamel;

import java.time.Clock;
import org.hippocamel.api.JobReplies;
import org.hippocamel.config.Settings;
import org.hippocamel.job.AbandonedFiles;
import org.hippocamel.job.JobAccess;
import org.hippocamel.job.JobCounts;
import org.hippocamel.job.JobLedger;
import org.hippocamel.job.JobRuns;
import org.hippocamel.job.JobWatch;

/** The beans of long work. */
final class JobBeans {
  private final JobCounts counts = new JobCounts();
  private final JobRuns runs;
  private final JobWatch watch;

  /**
   * @param process name of this process on leases
   * @param beans receives them
   */
  JobBeans(Settings settings, String process, Clock clock, NamedBeans beans) {
    this.runs = new JobRuns(settings.job(), counts, clock);
    this.watch = new JobWatch(settings.job().maxStreams());
    beans.put("jobRuns", runs);
    beans.put("jobWatch", watch);
    beans.put("jobCounts", counts);
    beans.put("jobLedger", new JobLedger(settings.job(), process, clock));
    beans.put("jobAccess", new JobAccess(settings.job(), clock));
    beans.put("jobReplies", new JobReplies());
    beans.put(
        "abandonedFiles",
        new AbandonedFiles(settings.ingest().inbox(), process, settings.job(), clock));
  }

  JobRuns runs() {
    return runs;
  }

  JobWatch watch() {
    return watch;
  }

  JobCounts counts() {
    return counts;
  }
}
