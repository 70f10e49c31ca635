package org.hippocamel.memory;

import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
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
    Space active = space.get();
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
                        List.of(
                            new Document("$ifNull", List.of("$" + active.path(), false)), false)))
                .append("truncated", truncated(active))));
  }

  /** The writes, each with the row that is there. */
  public Writes withKnown(Writes writes, List<Document> found) {
    Map<String, Known> known = new HashMap<>();
    found.forEach(row -> known.put(row.getString("_id"), Known.of(row)));
    return writes.map(write -> write.withKnown(known.get(write.key())));
  }

  /** Pipeline: vectors that this tenant already has for these texts, under this or another id. */
  public List<Bson> twinsPipeline(Writes writes) {
    Space active = space.get();
    List<String> hashes = writes.unembedded().stream().map(Write::hash).toList();
    return List.of(
        new Document(
            "$match",
            new Document("hash", in(hashes))
                .append("tenant", writes.tenant())
                .append(active.path(), new Document("$exists", true))),
        new Document(
            "$group",
            new Document("_id", "$hash")
                .append("vector", new Document("$first", "$" + active.path()))
                .append("truncated", new Document("$first", truncated(active)))));
  }

  /** Another model may read more of the text: like vectors, the mark belongs to a space. */
  private static String truncated(Space active) {
    return "$truncated." + active.id();
  }

  /** The writes, each with a vector that is there already. */
  public Writes withTwins(Writes writes, List<Document> found) {
    Map<String, Document> twins = new HashMap<>();
    found.forEach(row -> twins.put(row.getString("_id"), row));
    return writes.map(
        write -> {
          Document twin = write.needsVector() ? twins.get(write.hash()) : null;
          return twin == null
              ? write
              : write.withVector(twin.get("vector"), twin.getBoolean("truncated", false));
        });
  }

  /** The texts that still need a vector, each once. */
  public EmbedRequest texts(Writes writes) {
    List<Draft> drafts = writes.unembedded().stream().map(Write::draft).toList();
    return new EmbedRequest(
        drafts.stream().map(Draft::embedded).toList(),
        writes.lane(),
        drafts.stream().allMatch(Draft::measured));
  }

  /**
   * The writes, each with its vector or its refusal; {@code embeddings} as {@link #texts} asked.
   */
  public Writes withVectors(Writes writes, List<Embedding> embeddings) {
    Space active = space.get();
    Map<String, Embedding> byHash = new HashMap<>();
    Iterator<Embedding> next = embeddings.iterator();
    writes.unembedded().forEach(write -> byHash.put(write.hash(), next.next()));
    return writes.map(
        write -> write.needsVector() ? answered(write, byHash.get(write.hash()), active) : write);
  }

  private static Write answered(Write write, Embedding embedding, Space active) {
    if (embedding.refusal() != null) {
      return write.refused(embedding.refusal());
    }
    int dimensions = embedding.vector().length;
    return dimensions == active.dimensions()
        ? write.withVector(BinaryVector.floatVector(embedding.vector()), embedding.truncated())
        : write.refused(
            new Problem(
                ProblemKind.EMBEDDER_FAILED,
                "the embedder answered with "
                    + dimensions
                    + " dimensions, the active space "
                    + active.id()
                    + " has "
                    + active.dimensions()));
  }

  /** Upserts for every row that changes. */
  public List<WriteModel<Document>> models(Writes writes) {
    String active = space.get().id();
    return writes.rows().values().stream()
        .filter(write -> !write.needless())
        .map(write -> MemoryRow.upsert(writes.tenant(), write, active, clock.instant()))
        .toList();
  }

  /** What became of each draft. */
  public Remembered results(Writes writes) {
    return new Remembered(
        writes.keys().stream().map(key -> writes.rows().get(key)).map(Write::item).toList());
  }

  private static Document in(Collection<String> values) {
    return new Document("$in", List.copyOf(values));
  }
}
