package org.hippocamel.usage;

import java.util.List;

/**
 * What was embedded for everybody on this database.
 *
 * @param month the present one, up to now
 * @param earlier months before it, newest first
 */
public record UsageReport(UsageMonth month, List<UsageMonth> earlier) {
  public UsageReport {
    earlier = List.copyOf(earlier);
  }
}
