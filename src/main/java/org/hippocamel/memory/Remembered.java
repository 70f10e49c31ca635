package org.hippocamel.memory;

import java.util.List;
import java.util.Locale;
import org.hippocamel.problem.Problem;

/**
 * What became of each draft, in the order of the request.
 *
 * @param items one for each draft
 */
public record Remembered(List<Item> items) {
  public Remembered {
    items = List.copyOf(items);
  }

  /** What a write did. */
  public enum Status {
    CREATED,
    UPDATED,
    UNCHANGED,
    REFUSED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param id the public id of the memory
   * @param status what the write did
   * @param truncated whether it is found by its beginning alone, for the model read no more of it
   * @param refusal why it was not stored, or null
   */
  public record Item(String id, Status status, boolean truncated, Problem refusal) {

    /** Of a text that was not cut. */
    public Item(String id, Status status, Problem refusal) {
      this(id, status, false, refusal);
    }
  }

  /** How many are found by their beginnings alone. */
  public long truncated() {
    return items.stream().filter(Item::truncated).count();
  }

  public long count(Status status) {
    return items.stream().filter(item -> item.status() == status).count();
  }
}
