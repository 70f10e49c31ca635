package org.hippocamel.cases;

import java.util.List;
import org.bson.Document;

/**
 * A page of the bank.
 *
 * @param tenant whose
 * @param format of its lines
 * @param limit cases on it
 * @param after id of the last case of the page before, "" for the first page
 * @param cases with their histories
 */
public record ExportPage(String tenant, Format format, int limit, String after, List<Entry> cases) {
  public ExportPage {
    cases = List.copyOf(cases);
  }

  /** What a line looks like. */
  public enum Format {
    /** Everything, as it can be taken in again. */
    JSONL,
    /** Memento's bank that is searched by similarity. */
    MEMENTO,
    /** Memento's bank that is trained. */
    MEMENTO_LABELLED;

    /** The public form: {@code memento-labelled}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * @param row as it is stored, without vectors
   * @param log its history, oldest first
   */
  public record Entry(Document row, List<LogEntry> log) {}
}
