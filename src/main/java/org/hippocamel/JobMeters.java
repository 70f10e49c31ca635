package org.hippocamel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.hippocamel.job.JobCounts;
import org.hippocamel.job.JobCounts.Outcome;
import org.hippocamel.job.JobKind;
import org.hippocamel.job.JobState;

/**
 * Long work: {@code hippocamel_jobs} is how many the store holds, the same from every process;
 * {@code hippocamel_job_items_total} is what this process did for them.
 */
final class JobMeters implements MeterBinder {
  private final JobCounts counts;

  JobMeters(JobCounts counts) {
    this.counts = counts;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (JobKind kind : JobKind.values()) {
      for (JobState state : JobState.values()) {
        Gauge.builder("hippocamel.jobs", counts, now -> now.jobs(kind, state))
            .tag("kind", kind.word())
            .tag("state", state.word())
            .description("Jobs in the store when it was looked at last (job.sweep-millis)")
            .register(registry);
      }
      for (Outcome outcome : Outcome.values()) {
        FunctionCounter.builder("hippocamel.job.items", counts, now -> now.items(kind, outcome))
            .tag("kind", kind.word())
            .tag("outcome", outcome.word())
            .description("Items of jobs that this process worked on")
            .register(registry);
      }
    }
  }
}
