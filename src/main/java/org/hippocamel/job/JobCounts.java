package org.hippocamel.job;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.bson.Document;

/**
 * What this process did for jobs since it started, and how many jobs there were in the store when
 * it looked last. Thread-safe.
 */
public final class JobCounts {
  /** What became of one item. */
  public enum Outcome {
    DONE,
    SKIPPED,
    FAILED;

    /** The metric's label: {@code done}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<JobKind, Map<Outcome, LongAdder>> items = new EnumMap<>(JobKind.class);
  private volatile Map<String, Integer> jobs;

  public JobCounts() {
    for (JobKind kind : JobKind.values()) {
      Map<Outcome, LongAdder> adders = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        adders.put(outcome, new LongAdder());
      }
      items.put(kind, adders);
    }
  }

  void add(JobKind kind, Outcome outcome, long count) {
    items.get(kind).get(outcome).add(count);
  }

  /** Items of all jobs of a kind that this process has worked on. */
  public long items(JobKind kind, Outcome outcome) {
    return items.get(kind).get(outcome).sum();
  }

  /** Notes what the store holds: rows of {@code {_id: {kind, state}, jobs}}. */
  public void stored(List<Document> rows) {
    Map<String, Integer> counted = new java.util.HashMap<>();
    for (Document row : rows) {
      Document id = row.get("_id", Document.class);
      counted.put(id.getString("kind") + " " + id.getString("state"), row.getInteger("jobs"));
    }
    jobs = Map.copyOf(counted);
  }

  /** Jobs in the store, ended ones included; NaN before the first look, which is not none. */
  public double jobs(JobKind kind, JobState state) {
    Map<String, Integer> seen = jobs;
    return seen == null ? Double.NaN : seen.getOrDefault(kind.word() + " " + state.word(), 0);
  }
}
