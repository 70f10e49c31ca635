package org.hippocamel.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What long work there is. */
public enum JobKind {
  /** A file of the inbox; the inbox takes it up again by itself, as often as it takes. */
  FILE(null, false),
  /** A labelled set whose queries are asked. */
  EVALUATION("evaluate", false),
  /** The vectors of a new space. */
  REEMBED("reembed", true);

  private final String worker;
  private final boolean pausable;

  JobKind(String worker, boolean pausable) {
    this.worker = worker;
    this.pausable = pausable;
  }

  /** As the store and callers write it: {@code file}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its worker can stop in the middle and go on later. */
  public boolean pausable() {
    return pausable;
  }

  /** The route that does its jobs, or null when they do not wait in the store for one. */
  public String worker() {
    return worker;
  }

  /** The words of all. */
  public static List<String> words() {
    return Arrays.stream(values()).map(JobKind::word).toList();
  }

  /** The kind of a word that is known to be one. */
  public static JobKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
