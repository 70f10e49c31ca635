package org.hippocamel.memory;

import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/** The values of the write path, step by step as {@code routes/remember.camel.yaml} takes them. */
public final class Remembering {
  private final ActiveSpace space;
  private final Clock clock;

  public Remembering(ActiveSpace space, Clock clock) {
    this.space = space;
    this.clock = clock;
  }

  /** Ids and hashes for a request; refuses while no space is active. */
  public Writes plan(RememberRequest request) {
    space.get();
    return Writes.of(request);
  }

  /** Pipeline: which of these rows are there, and with what. */
  public List<Bson> knownPipeline(Writes writes) {
    String path = space.get().path();
    return List.of(
        new Document("$match", new Document("_id", in(writes.rows().keySet()))),
        new Document(
            "$project",
            new Document("hash", 1)
                .append("digest", 1)
                .append("version", "$source.version")
                .append(
                    "embedded",
                    new Document(
                        "$ne",
                        List.of(new Document("$ifNull", List.of("$" + path, false)), false)))));
  }

  /** The writes, each with the row that is there. */
  public Writes withKnown(Writes writes, List<Document> found) {
    Map<String, Known> known = new HashMap<>();
    found.forEach(row -> known.put(row.getString("_id"), Known.of(row)));
    return writes.map(write -> write.withKnown(known.get(write.key())));
  }

  /** Pipeline: vectors that this tenant already has for these texts, under whatever id. */
  public List<Bson> twinsPipeline(Writes writes) {
    String path = space.get().path();
    List<String> hashes = writes.unembedded().stream().map(Write::hash).toList();
    return List.of(
        new Document(
            "$match",
            new Document("hash", in(hashes))
                .append("tenant", writes.tenant())
                .append(path, new Document("$exists", true))),
        new Document(
            "$group",
            new Document("_id", "$hash").append("vector", new Document("$first", "$" + path))));
  }

  /** The writes, each with a vector that is there already. */
  public Writes withTwins(Writes writes, List<Document> found) {
    Map<String, Object> vectors = new HashMap<>();
    found.forEach(row -> vectors.put(row.getString("_id"), row.get("vector")));
    return writes.map(
        write -> write.embedded() ? write : write.withTwin(vectors.get(write.hash())));
  }

  /** The texts that still need a vector, each once. */
  public EmbedRequest texts(Writes writes) {
    return new EmbedRequest(
        writes.unembedded().stream().map(write -> write.draft().embedded()).toList(),
        writes.lane());
  }

  /** Upserts for every row that changes; {@code vectors} as {@link #texts} asked for them. */
  public List<WriteModel<Document>> models(Writes writes, List<float[]> vectors) {
    Space active = space.get();
    Map<String, Object> byHash = new HashMap<>();
    Iterator<float[]> next = vectors.iterator();
    writes.unembedded().forEach(write -> byHash.put(write.hash(), vector(active, next.next())));
    return writes.rows().values().stream()
        .filter(write -> !write.needless())
        .map(write -> model(writes.tenant(), write, active, byHash.get(write.hash())))
        .toList();
  }

  private WriteModel<Document> model(String tenant, Write write, Space active, Object computed) {
    Object vector = write.embedded() ? null : Objects.requireNonNullElse(write.twin(), computed);
    return MemoryRow.upsert(tenant, write, active.id(), vector, clock.instant());
  }

  private static BinaryVector vector(Space active, float[] vector) {
    if (vector.length != active.dimensions()) {
      throw new Problem(
          ProblemKind.EMBEDDER_FAILED,
          "the embedder answered with "
              + vector.length
              + " dimensions, the active space "
              + active.id()
              + " has "
              + active.dimensions());
    }
    return BinaryVector.floatVector(vector);
  }

  /** What became of each draft. */
  public Remembered results(Writes writes) {
    return new Remembered(
        writes.keys().stream()
            .map(key -> writes.rows().get(key))
            .map(write -> new Remembered.Item(MemoryId.id(write.key()), write.status()))
            .toList());
  }

  private static Document in(Iterable<String> values) {
    return new Document(
        "$in", java.util.stream.StreamSupport.stream(values.spliterator(), false).toList());
  }
}
