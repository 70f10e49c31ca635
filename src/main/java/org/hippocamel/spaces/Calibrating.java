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

  /** Whether there is a space and its memories are not as many as they were. */
  public boolean due(long memories) {
    return space.ready() && memories != space.calibration().memories();
  }

  /**
   * Pipeline: the texts with the smallest hashes. A hash has nothing to do with what a text says,
   * so this is a random sample, yet the same one for the same memories; and the index on it makes
   * it cheap.
   */
  public List<Bson> samplePipeline() {
    return List.of(
        new Document("$sort", new Document("hash", 1)),
        new Document("$limit", SAMPLE),
        new Document("$project", new Document("hash", 1).append(space.get().path(), 1)));
  }

  /** What the sample tells; a text that several tenants have counts once. */
  public Calibration calibration(List<Document> rows, long memories) {
    Map<String, float[]> sample = new HashMap<>();
    for (Document row : rows) {
      float[] vector = space.get().vector(row);
      if (vector != null) {
        sample.put(row.getString("hash"), vector);
      }
    }
    return Calibration.of(new ArrayList<>(sample.values()), memories);
  }

  /** Update that keeps it with the space, for whoever looks. */
  public List<Document> record(Calibration calibration) {
    return List.of(
        new Document("_id", space.get().id()),
        new Document("$set", new Document("calibration", calibration.toDocument())));
  }

  /** From now on scores are standardised by it. */
  public Calibration open(Calibration calibration) {
    space.calibrate(calibration);
    return calibration;
  }
}
