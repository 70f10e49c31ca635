package org.hippocamel.memory;

import java.util.List;

/** The changes of one request, in the order of its rows. */
public record Upserts(List<Upsert> rows) {
  public Upserts {
    rows = List.copyOf(rows);
  }

  public int size() {
    return rows.size();
  }

  /** Bytes of all changes. */
  public long bytes() {
    return rows.stream().mapToLong(Upsert::bytes).sum();
  }
}
