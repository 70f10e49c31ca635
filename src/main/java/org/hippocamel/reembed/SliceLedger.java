package org.hippocamel.reembed;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.spaces.Space;

/**
 * The collection {@code reembed_slices}: the rows of a re-embedding, divided among the processes.
 *
 * <pre>
 * _id             job        from      to        rows  state  owner  until     done  refused
 * t:19a3#000000   t:19a3...  null      t:0481     500  done   7f..   12:00:31   499        1
 * t:19a3#000001   t:19a3...  t:0481    t:0977     500  open   c1..   12:00:30   192        0
 * t:19a3#000002   t:19a3...  t:0977    null        73  open   -      -            0        0
 * </pre>
 *
 * {@code rows} lacked a vector when the job began. A lease that has run out is nobody's. Whoever
 * takes the slice then reads only the rows that have no vector yet.
 */
public final class SliceLedger {
  private static final String JOB = "job";
  private static final String DONE = "done";

  private final Duration lease;
  private final int rows;
  private final Clock clock;

  /**
   * @param lease how long a slice belongs to a process without another word
   * @param rows of a slice
   */
  public SliceLedger(Duration lease, int rows, Clock clock) {
    this.lease = lease;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Pipeline: the rows of the slice that begins here, and the one after it; which lack a vector.
   */
  public List<Bson> boundaryPipeline(Cut cut) {
    List<Bson> pipeline = new ArrayList<>();
    if (cut.last() != null) {
      pipeline.add(new Document("$match", new Document("_id", new Document("$gte", cut.last()))));
    }
    pipeline.add(new Document("$sort", new Document("_id", 1)));
    pipeline.add(new Document("$limit", rows + 1));
    pipeline.add(new Document("$project", Lacking.told(cut.migration.target())));
    return pipeline;
  }

  /** The division of a job's rows, which begins. */
  public Cut begin(Migration migration) {
    return new Cut(migration);
  }

  /** Notes where a slice ends, and how many of its rows are to be embedded. */
  public void cut(Cut cut, List<Document> found) {
    boolean more = found.size() > rows;
    long lacking =
        found.stream().limit(rows).filter(row -> row.getBoolean(Lacking.TOLD, false)).count();
    cut.add(more ? found.get(rows).getString("_id") : null, lacking);
  }

  /** Where the rows of a job are cut. For one thread. */
  public static final class Cut {
    private final Migration migration;
    private final List<Document> slices = new ArrayList<>();
    private String last;
    private boolean over;

    private Cut(Migration migration) {
      this.migration = migration;
    }

    String last() {
      return last;
    }

    /** Whether rows are left. */
    public boolean goesOn() {
      return !over && migration.goesOn();
    }

    private void add(String end, long lacking) {
      slices.add(
          new Document("_id", "%s#%06d".formatted(migration.job(), slices.size()))
              .append(JOB, migration.job())
              .append("space", migration.target().id())
              .append("from", last)
              .append("to", end)
              .append("rows", lacking)
              .append("state", lacking == 0 ? DONE : "open")
              .append("until", new Date(0))
              .append("done", 0L)
              .append("refused", 0L));
      last = end;
      over = end == null;
    }
  }

  /**
   * All slices in one write. Those that are there stay as they are: of two runs that divide at
   * once, because one has lost its lease without knowing, the first one's count.
   */
  public List<WriteModel<Document>> slices(Cut cut) {
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (Document slice : cut.slices) {
      writes.add(
          new UpdateOneModel<>(
              eq("_id", slice.get("_id")),
              new Document("$setOnInsert", slice),
              new UpdateOptions().upsert(true)));
    }
    return writes;
  }

  /** Pipeline: how far a job's slices are. */
  public List<Bson> tallyPipeline(Migration migration) {
    Document open =
        new Document("$cond", List.of(new Document("$eq", List.of("$state", "open")), 1, 0));
    return List.of(
        new Document("$match", new Document(JOB, migration.job())),
        new Document(
            "$group",
            new Document("_id", null)
                .append("slices", new Document("$sum", 1))
                .append("open", new Document("$sum", open))
                .append("rows", new Document("$sum", "$rows"))
                .append(DONE, new Document("$sum", "$done"))
                .append("refused", new Document("$sum", "$refused"))));
  }

  /** Notes it. */
  public void tally(Migration migration, List<Document> found) {
    if (found.isEmpty()) {
      migration.tally(SliceTally.NONE);
      return;
    }
    Document row = found.get(0);
    migration.tally(
        new SliceTally(
            number(row, "slices"),
            number(row, "open"),
            number(row, "rows"),
            number(row, DONE),
            number(row, "refused")));
  }

  private static long number(Document row, String field) {
    return row.get(field, Number.class).longValue();
  }

  /** Change: takes a slice of a job that nobody works on. */
  public List<Bson> claim(String job) {
    return List.of(
        and(eq(JOB, job), eq("state", "open"), lt("until", now())),
        new Document(
            "$set", new Document("owner", UUID.randomUUID().toString()).append("until", until())));
  }

  /** The slice that was taken. */
  public Slice claimed(Document row, Space target) {
    return new Slice(
        row.getString("_id"),
        row.getString("owner"),
        row.getString(JOB),
        row.getString("from"),
        row.getString("to"),
        number(row, "rows"),
        number(row, "refused"),
        target);
  }

  /** Change: the lease is as long again. */
  public List<Bson> renewed(Slice slice) {
    return List.of(mine(slice), new Document("$set", new Document("until", until())));
  }

  /** Change: a portion is stored; the lease is as long again. */
  public List<Bson> advanced(Slice slice, PortionResult result) {
    return List.of(
        mine(slice),
        new Document("$set", new Document("until", until()))
            .append("$inc", new Document(DONE, result.done()).append("refused", result.refused())));
  }

  /**
   * Change: no row of it is left. Rows that a killed process had stored and not counted are counted
   * now.
   */
  public List<Bson> finished(Slice slice, SliceWork.Rest rest) {
    long done = Math.max(0, slice.rows() - slice.refused() - rest.refused());
    return List.of(
        mine(slice), new Document("$set", new Document("state", DONE).append(DONE, done)));
  }

  /** Change: it is given back, to be taken at once. */
  public List<Bson> returned(Slice slice) {
    return List.of(mine(slice), new Document("$set", new Document("until", new Date(0))));
  }

  private static Bson mine(Slice slice) {
    return and(eq("_id", slice.id()), eq("owner", slice.owner()));
  }

  /** Condition: the slices of jobs before this one, which have ended. */
  public Document others(Migration migration) {
    return new Document(JOB, new Document("$ne", migration.job()));
  }

  /** Condition: the slices of a space. */
  public Document of(Space space) {
    return new Document("space", space.id());
  }

  /** Pipeline: one of them that somebody works on. */
  public List<Bson> heldPipeline(Space space) {
    Document held = of(space).append("state", "open").append("until", new Document("$gt", now()));
    return List.of(
        new Document("$match", held),
        new Document("$limit", 1),
        new Document("$project", new Document("_id", 1)));
  }

  private Date now() {
    return Date.from(clock.instant());
  }

  private Date until() {
    return Date.from(clock.instant().plus(lease));
  }
}
