package org.hippocamel.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a job stands. */
public enum JobState {
  /** Waits for somebody to take it. */
  QUEUED,
  /** Is worked on, or was when its process died. */
  RUNNING,
  /** Waits until it is resumed. */
  PAUSED,
  /** Is to end; whoever works on it clears up. */
  CANCELLING,
  CANCELLED,
  DONE,
  FAILED;

  /** Those that will change by themselves or by a caller. */
  public static final List<String> OPEN = words(QUEUED, RUNNING, PAUSED, CANCELLING);

  /** As the store and callers write it: {@code queued}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more will come. */
  public boolean ended() {
    return compareTo(CANCELLING) > 0;
  }

  /** The words of all. */
  public static List<String> words() {
    return words(values());
  }

  static List<String> words(JobState... states) {
    return Arrays.stream(states).map(JobState::word).toList();
  }

  /** The state of a word that is known to be one. */
  public static JobState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
