package org.hippocamel.cases;

import java.util.List;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.MemoryId;

/**
 * A case that is to be stored.
 *
 * @param tenant whose it is
 * @param draft the row
 * @param outcomes entries for its log, under its key
 * @param scrubbed secrets that were taken out of it
 * @param trusted whether the sender may say what worked, and so change a case that has outcomes
 */
public record NewCase(
    String tenant, Draft draft, List<LogEntry> outcomes, int scrubbed, boolean trusted) {
  public NewCase {
    outcomes = List.copyOf(outcomes);
  }

  /** {@code _id} of its row. */
  public String key() {
    return MemoryId.key(tenant, MemoryId.of(draft));
  }
}
