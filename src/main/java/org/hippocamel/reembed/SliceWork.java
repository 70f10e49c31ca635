package org.hippocamel.reembed;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.ReembedSettings;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.job.JobRun;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.Space;

/**
 * The values of working on slices, as {@code routes/reembed-slices.camel.yaml} takes them.
 * Thread-safe.
 */
public final class SliceWork {
  private static final int LONGEST_SECONDS = 5;

  /** Nobody knows yet how fast the embedder is. */
  private static final int UNMEASURED_ROWS = 32;

  private final ReembedSettings settings;
  private final LongSupplier nanoTime;
  private final long portionNanos;
  private long free; // when the next text may be embedded
  private boolean waiting;
  private volatile long rowNanos; // of the last portion; 0 before there was one

  /**
   * @param lease of a slice; a portion is to take a third of it at most
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public SliceWork(ReembedSettings settings, Duration lease, LongSupplier nanoTime) {
    this.settings = settings;
    this.portionNanos = lease.toNanos() / 3;
    this.nanoTime = nanoTime;
  }

  /** Pipeline: the next rows without a vector. */
  public List<Bson> rowsPipeline(Slice slice) {
    return List.of(
        new Document("$match", slice.lacking()),
        new Document("$sort", new Document("_id", 1)),
        new Document("$limit", rows()),
        new Document(
            "$project", new Document("text", 1).append("source.heading", 1).append("hash", 1)));
  }

  /** No more than some seconds of work for all hands, so that a lease is renewed in time. */
  private int rows() {
    long measured = rowNanos;
    long most = measured == 0 ? UNMEASURED_ROWS : Math.max(1, portionNanos / measured);
    if (settings.textsPerSecond() > 0) {
      int bound = settings.textsPerSecond() * LONGEST_SECONDS / settings.slicesAtOnce();
      most = Math.min(most, Math.max(1, bound));
    }
    return (int) Math.min(settings.portionRows(), most);
  }

  /** The hands of this process, which begin. */
  public Shift shift(JobRun run) {
    return new Shift(run);
  }

  /** As many of them as may be. */
  public List<Shift.Hand> hands(Shift shift) {
    return Stream.generate(() -> new Shift.Hand(shift)).limit(settings.slicesAtOnce()).toList();
  }

  /** A hand has come back with a slice, or with null where none was free. */
  public void took(Shift.Hand hand, Slice slice) {
    if (slice == null) {
      hand.rest();
    }
  }

  /** A hand could not go on. */
  public void failed(Shift shift, Throwable thrown) {
    shift.fail(Diagnosis.of(thrown));
  }

  /**
   * All hands are back.
   *
   * @throws Problem what stopped one of them
   */
  public void end(Shift shift) {
    if (shift.trouble() != null) {
      throw shift.trouble();
    }
  }

  /** The rows that were found. */
  public Portion portion(List<Document> rows) {
    return new Portion(rows, List.of(), nanoTime.getAsLong());
  }

  /** Their texts as they were embedded before: after the headings above them. */
  public EmbedRequest texts(Slice slice, Portion portion) {
    return texts(slice.target(), portion.rows());
  }

  /** The texts of rows as a space wants them embedded. */
  static EmbedRequest texts(Space target, List<Document> rows) {
    List<String> texts = rows.stream().map(row -> target.asStored(embedded(row))).toList();
    return new EmbedRequest(texts, Lane.INGEST).in(target.id());
  }

  static String embedded(Document row) {
    String heading =
        row.get("source") instanceof Document source ? source.getString("heading") : null;
    String text = row.getString("text");
    return heading == null ? text : heading + "\n" + text;
  }

  /**
   * The portion with its vectors.
   *
   * @throws Problem when the embedder is away, does not want us or has a fault of its own, for that
   *     is no fault of a text
   */
  public Portion embedded(Portion portion, List<Embedding> embeddings) {
    for (Embedding one : embeddings) {
      if (one.refusal() != null && !ofText(one.refusal())) {
        throw one.refusal();
      }
    }
    long took = nanoTime.getAsLong() - portion.began();
    rowNanos = Math.max(1, took / Math.max(1, portion.rows().size()));
    return new Portion(portion.rows(), embeddings, portion.began());
  }

  private static boolean ofText(Problem refusal) {
    return refusal.kind() == ProblemKind.EMBEDDER_FAILED && Diagnosis.ofOneText(refusal);
  }

  /**
   * Updates of the rows. Each says for which text it is meant: a row that was given another text
   * meanwhile must not get the vector of the one before.
   */
  public List<WriteModel<Document>> updates(Slice slice, Portion portion) {
    List<WriteModel<Document>> updates = new ArrayList<>();
    Space target = slice.target();
    for (int i = 0; i < portion.rows().size(); i++) {
      Document row = portion.rows().get(i);
      Document same = new Document("_id", row.get("_id")).append("hash", row.get("hash"));
      updates.add(new UpdateOneModel<>(same, update(target, portion.embeddings().get(i))));
    }
    return updates;
  }

  private static Document update(Space target, Embedding embedding) {
    if (embedding.refusal() != null) {
      return new Document("$set", new Document(Lacking.refusal(target), true));
    }
    Document set = new Document(target.path(), BinaryVector.floatVector(embedding.vector()));
    if (embedding.truncated()) {
      set.append("truncated." + target.id(), true);
    }
    return new Document("$set", set);
  }

  /** A slice that is begun. */
  public Rest begin() {
    return new Rest();
  }

  /** Whether rows of a slice are left. For one thread. */
  public static final class Rest {
    private boolean over;
    private boolean lost;
    private long refused;

    /** None is left. */
    public boolean over() {
      return over;
    }

    /** Texts that were refused in these hands. */
    long refused() {
      return refused;
    }
  }

  /** Notes whether any were left; {@code rest} is null outside of a slice. */
  public void read(Rest rest, Portion portion) {
    if (rest != null) {
      rest.over = portion.empty();
    }
  }

  /**
   * The portion, or an empty one when its slice is not ours any more.
   *
   * @param row of the slice; null when another process has it, or nobody
   */
  public Portion held(Rest rest, Portion portion, Document row) {
    if (row != null) {
      return portion;
    }
    rest.lost = true;
    return new Portion(List.of(), List.of(), portion.began());
  }

  /** Whether there is more to do, and nobody wants it to stop. */
  public boolean goesOn(Rest rest, Shift shift) {
    return !rest.over && !rest.lost && shift.goesOn();
  }

  /** Of no rows. */
  public PortionResult nothing() {
    return new PortionResult(0, 0);
  }

  /**
   * What became of them; a row that has changed or gone meanwhile counts for nothing.
   *
   * @param rest null outside of a slice
   */
  public PortionResult result(Rest rest, Portion portion, BulkWriteResult written) {
    long refused = portion.embeddings().stream().filter(one -> one.refusal() != null).count();
    if (rest != null) {
      rest.refused += refused;
    }
    return new PortionResult(Math.max(0, written.getMatchedCount() - refused), refused);
  }

  /**
   * Milliseconds to wait so that no more texts a second are embedded than may be, by all hands
   * together.
   */
  public synchronized long pause(Portion portion) {
    if (settings.textsPerSecond() == 0) {
      return 0;
    }
    long due = TimeUnit.SECONDS.toNanos(portion.rows().size()) / settings.textsPerSecond();
    long now = nanoTime.getAsLong();
    // Whoever comes later stands behind those who wait already.
    free = (waiting && free - portion.began() > 0 ? free : portion.began()) + due;
    waiting = true;
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(free - now));
  }
}
