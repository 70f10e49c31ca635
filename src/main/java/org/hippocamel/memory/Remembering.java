package org.hippocamel.memory;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
  private final Keying keying;
  private final Clock clock;

  public Remembering(ActiveSpace space, Keying keying, Clock clock) {
    this.space = space;
    this.keying = keying;
    this.clock = clock;
  }

  /** Ids, hashes and keys for a request; refuses while no space is active. */
  public Writes plan(RememberRequest request) {
    space.get();
    return Writes.of(request, keying);
  }

  /**
   * Pipeline: which of these rows are there, and with what. An {@code _id} begins with its tenant,
   * so requests of several tenants may ask together.
   */
  public List<Bson> knownPipeline(List<Writes> asked) {
    Space active = space.get();
    Set<String> keys = new LinkedHashSet<>();
    asked.forEach(writes -> keys.addAll(writes.rows().keySet()));
    return List.of(
        new Document("$match", new Document("_id", in(keys))),
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
  public List<Writes> withKnown(List<Writes> asked, List<Document> found) {
    Map<String, Known> known = new HashMap<>();
    found.forEach(row -> known.put(row.getString("_id"), Known.of(row)));
    return asked.stream()
        .map(writes -> writes.map(write -> write.withKnown(known.get(write.key()))))
        .toList();
  }

  /** Whether a text may have to be embedded, unless its tenant has a vector of it already. */
  public boolean unembedded(List<Writes> asked) {
    return asked.stream().anyMatch(writes -> !writes.unembedded().isEmpty());
  }

  /**
   * Pipeline: vectors that these tenants already have for these texts, under this or another id. A
   * vector comes with its tenant: {@link #withTwins} hands it to that tenant's writes alone.
   */
  public List<Bson> twinsPipeline(List<Writes> asked) {
    Space active = space.get();
    Set<String> hashes = new LinkedHashSet<>();
    Set<String> tenants = new LinkedHashSet<>();
    for (Writes writes : asked) {
      writes.unembedded().forEach(write -> hashes.add(write.hash()));
      tenants.add(writes.tenant());
    }
    return List.of(
        new Document(
            "$match",
            new Document("hash", in(hashes))
                .append("tenant", in(tenants))
                .append(active.path(), new Document("$exists", true))),
        new Document(
            "$group",
            new Document("_id", new Document("tenant", "$tenant").append("hash", "$hash"))
                .append("vector", new Document("$first", "$" + active.path()))
                .append("truncated", new Document("$first", truncated(active)))));
  }

  /** Another model may read more of the text: like vectors, the mark belongs to a space. */
  private static String truncated(Space active) {
    return "$truncated." + active.id();
  }

  /** The writes, each with a vector that its tenant has already. */
  public List<Writes> withTwins(List<Writes> asked, List<Document> found) {
    Map<Document, Document> twins = new HashMap<>();
    found.forEach(row -> twins.put(row.get("_id", Document.class), row));
    return asked.stream().map(writes -> withTwins(writes, twins)).toList();
  }

  private static Writes withTwins(Writes writes, Map<Document, Document> twins) {
    return writes.map(
        write -> {
          Document twin =
              write.needsVector() ? twins.get(twin(writes.tenant(), write.hash())) : null;
          return twin == null
              ? write
              : write.withVector(twin.get("vector"), twin.getBoolean("truncated", false));
        });
  }

  private static Document twin(String tenant, String hash) {
    return new Document("tenant", tenant).append("hash", hash);
  }

  /** The texts that still need a vector, each once. */
  public EmbedRequest texts(Writes writes) {
    List<Draft> drafts = writes.unembedded().stream().map(Write::draft).toList();
    Space active = space.get();
    return new EmbedRequest(
        drafts.stream().map(draft -> active.asStored(draft.embedded())).toList(),
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

  /**
   * The writes, each that changes something with its upsert, or refused where that is too large.
   */
  public Writes withUpserts(Writes writes) {
    String active = space.get().id();
    return writes.map(
        write ->
            write.needless()
                ? write
                : write.sent(
                    Upsert.of(MemoryRow.upsert(writes.tenant(), write, active, clock.instant()))));
  }

  /** The upserts of a request. */
  public Upserts upserts(Writes writes) {
    return new Upserts(toStore(writes).map(Write::upsert).toList());
  }

  /** The writes as the store ended them; {@code outcomes} in the order of {@link #upserts}. */
  public Writes withOutcomes(Writes writes, List<Outcome> outcomes) {
    Map<String, Outcome> byKey = new HashMap<>();
    Iterator<Outcome> next = outcomes.iterator();
    toStore(writes).forEach(write -> byKey.put(write.key(), next.next()));
    return writes.map(
        write -> byKey.containsKey(write.key()) ? write.stored(byKey.get(write.key())) : write);
  }

  private static Stream<Write> toStore(Writes writes) {
    return writes.rows().values().stream().filter(Write::toStore);
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
