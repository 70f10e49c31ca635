package org.hippocamel.spaces;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The values of {@code routes/calibrate.camel.yaml}, step by step. */
public final class Calibrating {
  /** 32,640 pairs: the deviation comes out within a few hundredths of itself. */
  private static final int SAMPLE = 256;

  private final ActiveSpace space;

  public Calibrating(ActiveSpace space) {
    this.space = space;
  }

  /** Command: how many memories there are, from the collection's own books. */
  public Document countCommand() {
    return new Document("count", SpaceSetup.MEMORIES);
  }

  /** The number in the reply to {@link #countCommand}. */
  public long memories(Document reply) {
    return reply.get("n", Number.class).longValue();
  }

  /**
   * Which space is measured.
   *
   * @param asked a space, or anything else for the active one
   * @return null while there is none
   */
  public Space which(Object asked) {
    return asked instanceof Space one ? one : space.ready() ? space.get() : null;
  }

  /** Whether there is a space and its memories are not as many as they were. */
  public boolean due(Space of, long memories) {
    return of != null && memories != space.calibration(of.id()).memories();
  }

  /**
   * Pipeline: the texts with the smallest hashes. A hash has nothing to do with what a text says,
   * so this is a random sample, yet the same one for the same memories; and the index on it makes
   * it cheap.
   *
   * @param set tenant of a labelled set; null for all tenants but those of sets, which are there
   *     for as long as an evaluation lasts
   */
  public List<Bson> samplePipeline(Space of, String set) {
    // The bound of the hash is none: it lets the index on hash and tenant give the order.
    Document whose =
        new Document("hash", new Document("$gte", ""))
            .append("tenant", set == null ? new Document("$lt", ActiveSpace.SET) : set);
    return List.of(
        new Document("$match", whose),
        new Document("$sort", new Document("hash", 1)),
        new Document("$limit", SAMPLE),
        new Document("$project", new Document("hash", 1).append(of.path(), 1)));
  }

  /** What the sample tells; a text that several tenants have counts once. */
  public Calibration calibration(Space of, List<Document> rows, long memories) {
    Map<String, float[]> sample = new HashMap<>();
    for (Document row : rows) {
      float[] vector = of.vector(row);
      if (vector != null) {
        sample.put(row.getString("hash"), vector);
      }
    }
    return Calibration.of(new ArrayList<>(sample.values()), memories);
  }

  /** Update that keeps it with the space, for whoever looks. */
  public List<Document> record(Space of, Calibration calibration) {
    return List.of(
        new Document("_id", of.id()),
        new Document("$set", new Document("calibration", calibration.toDocument())));
  }

  /** From now on the scores of searches in a labelled set are standardised by it. */
  public void openSet(Space of, String set, Calibration calibration) {
    space.calibrate(of.id(), set, calibration);
  }

  /** From now on scores are standardised by it. */
  public Calibration open(Space of, Calibration calibration) {
    space.calibrate(of.id(), calibration);
    return calibration;
  }
}
