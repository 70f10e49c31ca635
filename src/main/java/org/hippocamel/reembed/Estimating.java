package org.hippocamel.reembed;

import java.util.List;
import java.util.function.LongSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.ReembedSettings;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceSetup;

/** Tells beforehand how much a re-embedding is, from a sample that is embedded for it. */
public final class Estimating {
  private static final int SAMPLE = 128;
  private static final double NANOS = 1e9;

  private final ReembedSettings settings;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public Estimating(ReembedSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** Command: how many memories there are. */
  public Document memoriesCommand() {
    return new Document("count", SpaceSetup.MEMORIES);
  }

  /** Pipeline: some rows without a vector, spread evenly. */
  public List<Bson> samplePipeline(Space target) {
    return List.of(
        new Document("$match", Lacking.add(new Document(), target)),
        new Document("$sort", new Document("hash", 1)),
        new Document("$limit", SAMPLE),
        new Document(
            "$project", new Document("text", 1).append("source.heading", 1).append("hash", 1)));
  }

  /** Their texts. */
  public EmbedRequest texts(Space target, List<Document> sample) {
    return SliceWork.texts(target, sample).again();
  }

  /** This moment, for durations. */
  public long now() {
    return nanoTime.getAsLong();
  }

  /** What it comes to. */
  public Estimate estimate(
      Space target, long memories, long missing, List<Embedding> sample, long began) {
    double took = Math.max(1, nanoTime.getAsLong() - began) / NANOS;
    double measured = sample.size() / took;
    double rate =
        settings.textsPerSecond() == 0 ? measured : Math.min(measured, settings.textsPerSecond());
    long counted = sample.stream().mapToLong(Embedding::tokens).sum();
    boolean none = sample.isEmpty();
    return new Estimate(
        target.id(),
        target.modelId(),
        memories,
        missing,
        none ? 0 : Math.round((double) counted / sample.size() * missing),
        none ? 0 : rate,
        none ? 0 : missing / rate,
        sample.size());
  }
}
