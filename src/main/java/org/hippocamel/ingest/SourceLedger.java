package org.hippocamel.ingest;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The collection {@code sources}: one row for each source with its fingerprint, how many passages
 * it has, and whether all of them are stored.
 */
public final class SourceLedger {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1_000;

  private final Clock clock;

  public SourceLedger(Clock clock) {
    this.clock = clock;
  }

  /** Update: this source is being stored. */
  public List<Document> begun(Reading reading) {
    return update(reading, "storing");
  }

  /** Update: how the source ended. */
  public List<Document> ended(Reading reading) {
    return update(reading, reading.report().failed() ? "failed" : "stored");
  }

  private List<Document> update(Reading reading, String status) {
    Date now = Date.from(clock.instant());
    Document set =
        new Document("tenant", reading.incoming().tenant())
            .append("uri", reading.incoming().uri())
            .append("title", reading.origin().title())
            .append("version", reading.version())
            .append("passages", reading.report().passages())
            .append("failed", reading.report().failures())
            .append("status", status)
            .append("updated_at", now);
    if (reading.incoming().run().watched()) {
      set.append("job_id", reading.incoming().run().named().id());
    }
    return List.of(
        key(named(reading)),
        new Document("$set", set).append("$setOnInsert", new Document("created_at", now)));
  }

  /** Filter: passages of this source that its present version does not have. */
  public Document surplus(Reading reading) {
    return passagesOf(named(reading))
        .append("source.version", new Document("$ne", reading.version()));
  }

  /** Filter: all passages of a source. */
  public Document passagesOf(Named source) {
    return new Document("source.id", source.id()).append("tenant", source.tenant());
  }

  /** Filter: the ledger's row of a source. */
  public Document key(Named source) {
    return new Document("_id", source.key());
  }

  private static Named named(Reading reading) {
    return new Named(reading.incoming().tenant(), reading.sourceId());
  }

  /**
   * @throws Problem NOT_FOUND when there was no such source
   */
  public void deleted(Long count, Named source) {
    if (count == null || count == 0) {
      throw new Problem(ProblemKind.NOT_FOUND, "no source with id " + source.shown());
    }
  }

  /**
   * The page that the query parameters ask for.
   *
   * @param limit sources, 1 to 1000, null or "" for 50
   * @param after id of the last source of the page before, null or "" for the first page
   */
  public SourcePage page(String limit, String after) {
    int size = DEFAULT_LIMIT;
    if (limit != null && !limit.isEmpty()) {
      size = limit.matches("\\d{1,4}") ? Integer.parseInt(limit) : 0;
      if (size < 1 || size > MAX_LIMIT) {
        throw Problem.invalid("/limit", "limit must be a whole number from 1 to " + MAX_LIMIT);
      }
    }
    return new SourcePage(size, after == null ? "" : after, List.of());
  }

  /** Pipeline: a tenant's sources in the order of their ids, one more than the page holds. */
  public List<Bson> listPipeline(String tenant, SourcePage page) {
    Document match = new Document("tenant", tenant);
    if (!page.after().isEmpty()) {
      match.append("_id", new Document("$gt", MemoryId.key(tenant, page.after())));
    }
    return List.of(
        new Document("$match", match),
        new Document("$sort", new Document("_id", 1)),
        new Document("$limit", page.limit() + 1));
  }

  /** The page with its sources. */
  public SourcePage listed(SourcePage page, List<Document> rows) {
    return new SourcePage(page.limit(), page.after(), rows);
  }
}
