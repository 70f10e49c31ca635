package org.hippocamel.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of one source. Thread-safe: the groups of a source may be stored side by side. */
public final class IngestReport {
  /** Failures named; more are only counted. */
  public static final int MOST_FAILURES = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Map<String, Object>> failures = new ArrayList<>();
  private long stored;
  private long unchanged;
  private long updated;
  private long truncated;
  private long failed;

  /** Adds counts of passages: new ones, those already there, those replaced. */
  public synchronized void add(long newlyStored, long alreadyThere, long replaced) {
    stored += newlyStored;
    unchanged += alreadyThere;
    updated += replaced;
  }

  /** Adds passages that are found by their beginnings alone. */
  public synchronized void addTruncated(long passages) {
    truncated += passages;
  }

  /** Adds records that could not be read. */
  public synchronized void addRejected(Collection<Rejected> rejected) {
    rejected.forEach(r -> addFailure(r.line(), r.record(), r.reason()));
  }

  /**
   * Adds a failure.
   *
   * @param line 1-based, or null
   * @param record 0-based, or null for the whole source
   */
  public synchronized void addFailure(Integer line, Long record, String reason) {
    failed++;
    if (failures.size() < MOST_FAILURES) {
      Map<String, Object> failure = new LinkedHashMap<>();
      if (line != null) {
        failure.put("line", line);
      }
      if (record != null) {
        failure.put("record", record);
      }
      failure.put("reason", reason);
      failures.add(failure);
    }
  }

  public synchronized long stored() {
    return stored;
  }

  public synchronized long unchanged() {
    return unchanged;
  }

  public synchronized long updated() {
    return updated;
  }

  /** Passages in the store whose vectors stand for their beginnings alone. */
  public synchronized long truncated() {
    return truncated;
  }

  /** How many failures there were, the unnamed ones included. */
  public synchronized long failures() {
    return failed;
  }

  /** The first failures, each with line, record and reason as far as known. */
  public synchronized List<Map<String, Object>> named() {
    return List.copyOf(failures);
  }

  /** Whether anything of the source is not stored. */
  public synchronized boolean failed() {
    return failed > 0;
  }

  /** Passages of the source that are in the store now. */
  public synchronized long passages() {
    return stored + unchanged + updated;
  }

  /** The {@code .error.json} beside a file that failed: JSON in UTF-8, one object. */
  public synchronized byte[] errorFile(String fileName) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("file", fileName);
    error.put("failed", failed);
    error.put("stored", passages());
    error.put("errors", failures);
    error.put("hint", hint());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(error);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and numbers are always JSON", e);
    }
  }

  private String hint() {
    String rest =
        failed > failures.size() ? "Only the first " + failures.size() + " errors are named. " : "";
    return rest
        + "Correct the file and drop it into the inbox again: what is stored already is not embedded"
        + " again.";
  }
}
