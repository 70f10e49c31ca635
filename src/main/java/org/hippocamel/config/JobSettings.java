package org.hippocamel.config;

import java.time.Duration;

/**
 * {@code job.*}: long work and those who watch it.
 *
 * @param lease how long a job belongs to the process that has taken it, without another word
 * @param heartbeat between two words
 * @param retry until a job is tried again whose embedder or store was away
 * @param maxAttempts beginnings without an orderly end after which a job is given up
 * @param abandoned silence after which the file of another process is given up
 * @param keep until an ended job is forgotten
 * @param maxStreams callers who watch a job at once
 * @param maxStream how long one may watch without asking again
 */
public record JobSettings(
    Duration lease,
    Duration heartbeat,
    Duration retry,
    int maxAttempts,
    Duration abandoned,
    Duration keep,
    int maxStreams,
    Duration maxStream) {
  /** A lost word or two must not cost a job. */
  private static final int WORDS_IN_A_LEASE = 3;

  static JobSettings read(SettingReader in) {
    JobSettings settings =
        new JobSettings(
            in.millis("job.lease-millis"),
            in.millis("job.heartbeat-millis"),
            in.millis("job.retry-millis"),
            in.integer("job.max-attempts", 1, 1_000),
            in.millis("job.abandoned-millis"),
            Duration.ofDays(in.integer("job.keep-days", 1, 3_650)),
            in.integer("job.max-streams", 0, 10_000),
            in.millis("job.max-stream-millis"));
    if (settings.heartbeat.multipliedBy(WORDS_IN_A_LEASE).compareTo(settings.lease) > 0) {
      in.refuse(
          "job.lease-millis",
          settings.lease.toMillis()
              + " is less than "
              + WORDS_IN_A_LEASE
              + " times job.heartbeat-millis "
              + settings.heartbeat.toMillis());
    }
    return settings;
  }
}
