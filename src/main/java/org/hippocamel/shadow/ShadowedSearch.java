package org.hippocamel.shadow;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;

/**
 * One search as both spaces answered it. Neither the question nor what was found is kept.
 *
 * @param space id of the space that answered the caller
 * @param other id of the space that was asked as well
 * @param mode of the search
 * @param k results that were compared
 * @param agreement of the two answers
 * @param millis how long the caller's search took, the question's embedding included
 * @param otherMillis how long the second one took
 */
public record ShadowedSearch(
    String space,
    String other,
    String mode,
    int k,
    Agreement agreement,
    double millis,
    double otherMillis) {

  /** As a row of {@code shadow_log}. */
  Document row(Instant now, Instant expires) {
    return new Document("space", space)
        .append("other", other)
        .append("mode", mode)
        .append("k", k)
        .append("overlap", agreement.overlap())
        .append("tau", agreement.tau())
        .append("millis", millis)
        .append("other_millis", otherMillis)
        .append("at", Date.from(now))
        .append("expires_at", Date.from(expires));
  }

  static ShadowedSearch of(Document row) {
    return new ShadowedSearch(
        row.getString("space"),
        row.getString("other"),
        row.getString("mode"),
        row.getInteger("k"),
        new Agreement(row.getDouble("overlap"), row.getDouble("tau")),
        row.getDouble("millis"),
        row.getDouble("other_millis"));
  }
}
