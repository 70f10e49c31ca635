package org.hippocamel.bench;

/**
 * Clients that ask without a pause, each for its next texts as soon as it has its answer.
 *
 * @param clients at once
 * @param texts that a client asks for at a time
 */
public record Workload(int clients, int texts) {
  public Workload {
    if (clients < 1 || texts < 1) {
      throw new IllegalArgumentException(
          "a workload of " + clients + " clients, " + texts + " texts");
    }
  }

  /** As {@code 32 clients, 1 text each}. */
  public String shown() {
    String each = texts == 1 ? "1 text" : texts + " texts";
    return clients == 1 ? "1 client, " + each : clients + " clients, " + each + " each";
  }
}
