package org.hippocamel.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, and how long.
 *
 * @param workloads one row of the table each
 * @param words of a text, a mark that makes it unlike all others apart
 * @param format {@code base64} or {@code float}
 * @param warmUp of each row, not counted
 * @param measured of each row
 * @param timeout of an answer; a later one is an error
 * @param seed of the texts
 */
public record BenchPlan(
    List<Workload> workloads,
    int words,
    String format,
    Duration warmUp,
    Duration measured,
    Duration timeout,
    long seed) {
  public BenchPlan {
    workloads = List.copyOf(workloads);
  }

  /**
   * The rows of the table: one client with a single text, one with a batch, then the other crowds.
   *
   * @param batch texts of the batch
   */
  public static List<Workload> workloads(List<Integer> clients, int batch) {
    List<Workload> rows = new ArrayList<>();
    rows.add(new Workload(1, 1));
    rows.add(new Workload(1, batch));
    clients.stream().map(n -> new Workload(n, 1)).forEach(rows::add);
    return rows.stream().distinct().toList();
  }
}
