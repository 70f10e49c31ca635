package org.hippocamel.reembed;

import com.cronutils.model.Cron;
import com.cronutils.model.time.ExecutionTime;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.hippocamel.job.JobKind;
import org.hippocamel.job.JobRequest;
import org.hippocamel.job.JobState;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceDiscovery;
import org.hippocamel.spaces.SpaceList;

/**
 * Orders by the clock what is stale: memories without a vector in the active space, and the same
 * model in another revision at {@code next.tei.url}. Moving to another model is somebody's decision
 * and never ordered here. Thread-safe.
 */
public final class ReembedCron {
  private final Optional<ExecutionTime> times;
  private final SpaceDiscovery discovery;
  private final String tenant;
  private final Clock clock;
  private ZonedDateTime next;

  /**
   * @param cron when, in UTC; empty for never
   * @param tenant whose jobs they are
   */
  public ReembedCron(Optional<Cron> cron, SpaceDiscovery discovery, String tenant, Clock clock) {
    this.times = cron.map(ExecutionTime::forCron);
    this.discovery = discovery;
    this.tenant = tenant;
    this.clock = clock;
    this.next = after(now());
  }

  private ZonedDateTime now() {
    return clock.instant().atZone(ZoneOffset.UTC);
  }

  private ZonedDateTime after(ZonedDateTime moment) {
    return times.flatMap(each -> each.nextExecution(moment)).orElse(null);
  }

  /** Whether the time has come; once for each time. */
  public synchronized boolean due() {
    if (next == null || now().isBefore(next)) {
      return false;
    }
    next = after(now());
    return true;
  }

  /** The space to look at: that of a new revision of the active model, or the active one. */
  public Space target(SpaceList stored) {
    Space active = stored.activeSpace().orElseThrow();
    return discovery
        .other(active.id())
        .filter(other -> other.modelId().equals(active.modelId()))
        .orElse(active);
  }

  /** Whether there is something to do, and nobody is at it. */
  public boolean stale(long missing, List<Document> jobs) {
    return missing > 0
        && jobs.stream().noneMatch(row -> JobState.OPEN.contains(row.getString("state")));
  }

  /** The job, one for all processes whose clocks show the same minute. */
  public JobRequest job(Space target) {
    String minute = now().toString().substring(0, 16).replace(":", "");
    return new JobRequest(
        tenant,
        JobKind.REEMBED,
        "reembed-cron-" + minute,
        "memories",
        new Document("space", target.id()).append("switch", true));
  }
}
