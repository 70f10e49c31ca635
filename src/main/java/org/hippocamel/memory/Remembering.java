package org.hippocamel.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
import org.hippocamel.embedding.Lane;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/** The values of the write path, step by step as {@code routes/remember.camel.yaml} takes them. */
public final class Remembering {
  private static final String PATIENCE = "spaces.patience-millis";
  private static final String VECTOR = "vector_";
  private static final String TRUNCATED = "truncated_";

  private final ActiveSpace space;
  private final Keying keying;
  private final Clock clock;
  private final Duration patience;

  /**
   * @param patience longest wait for vectors in spaces beside the active one
   */
  public Remembering(ActiveSpace space, Keying keying, Clock clock, Duration patience) {
    this.space = space;
    this.keying = keying;
    this.clock = clock;
    this.patience = patience;
  }

  /** Ids, hashes and keys for a request; refuses while no space is active. */
  public Writes plan(RememberRequest request) {
    Space active = space.get();
    return Writes.of(request, keying, active, space.companions(active));
  }

  /**
   * Pipeline: which of these rows are there, and with what. An {@code _id} begins with its tenant,
   * so requests of several tenants may ask together.
   */
  public List<Bson> knownPipeline(List<Writes> asked) {
    Set<String> keys = new LinkedHashSet<>();
    Document shown =
        new Document("hash", 1)
            .append("digest", 1)
            .append("version", "$source.version")
            .append("truncated", 1);
    for (Writes writes : asked) {
      keys.addAll(writes.rows().keySet());
      shown.append(Known.EMBEDDED + writes.space().id(), present(writes.space()));
    }
    return List.of(
        new Document("$match", new Document("_id", in(keys))), new Document("$project", shown));
  }

  private static Document present(Space one) {
    return new Document(
        "$ne", List.of(new Document("$ifNull", List.of("$" + one.path(), false)), false));
  }

  /** The writes, each with the row that is there. */
  public List<Writes> withKnown(List<Writes> asked, List<Document> found) {
    Map<String, Document> rows = new HashMap<>();
    found.forEach(row -> rows.put(row.getString("_id"), row));
    return asked.stream().map(writes -> writes.map(write -> known(write, rows))).toList();
  }

  private static Write known(Write write, Map<String, Document> rows) {
    Document row = rows.get(write.key());
    return write.withKnown(row == null ? null : Known.of(row, write.space()));
  }

  /** Whether a text may have to be embedded, unless its tenant has a vector of it already. */
  public boolean unembedded(List<Writes> asked) {
    return asked.stream().anyMatch(writes -> !writes.unembedded().isEmpty());
  }

  /**
   * Pipeline: vectors that these tenants already have for these texts, under this or another id, in
   * every space: whatever a write changes, it writes the vectors of all spaces. A vector comes with
   * its tenant: {@link #withTwins} hands it to that tenant's writes alone.
   */
  public List<Bson> twinsPipeline(List<Writes> asked) {
    Set<String> spaces = new LinkedHashSet<>();
    space.all().living().forEach(one -> spaces.add(one.id()));
    Set<String> hashes = new LinkedHashSet<>();
    Set<String> tenants = new LinkedHashSet<>();
    for (Writes writes : asked) {
      writes.unembedded().forEach(write -> hashes.add(write.hash()));
      tenants.add(writes.tenant());
      spaces.add(writes.space().id());
    }
    Document group = new Document("_id", new Document("tenant", "$tenant").append("hash", "$hash"));
    for (String id : spaces) {
      // The greatest of several equal vectors, and of those that are there: missing ones are less.
      group.append(VECTOR + id, new Document("$max", "$vectors." + id));
      // Another model may read more of the text: like vectors, the mark belongs to a space.
      group.append(TRUNCATED + id, new Document("$max", "$truncated." + id));
    }
    return List.of(
        new Document("$match", new Document("hash", in(hashes)).append("tenant", in(tenants))),
        new Document("$group", group));
  }

  /** The writes, each with the vectors that its tenant has already. */
  public List<Writes> withTwins(List<Writes> asked, List<Document> found) {
    Map<Document, Map<String, Placed>> twins = new HashMap<>();
    found.forEach(row -> twins.put(row.get("_id", Document.class), placed(row)));
    return asked.stream().map(writes -> withTwins(writes, twins)).toList();
  }

  private static Map<String, Placed> placed(Document row) {
    Map<String, Placed> placed = new LinkedHashMap<>();
    row.forEach(
        (field, vector) -> {
          if (field.startsWith(VECTOR) && vector != null) {
            String id = field.substring(VECTOR.length());
            placed.put(id, new Placed(vector, Boolean.TRUE.equals(row.get(TRUNCATED + id))));
          }
        });
    return placed;
  }

  private static Writes withTwins(Writes writes, Map<Document, Map<String, Placed>> twins) {
    return writes.map(
        write ->
            write.needsVector()
                ? write.with(twins.getOrDefault(twin(writes.tenant(), write.hash()), Map.of()))
                : write);
  }

  private static Document twin(String tenant, String hash) {
    return new Document("tenant", tenant).append("hash", hash);
  }

  /** The texts that still need a vector, each once. */
  public EmbedRequest texts(Writes writes) {
    List<Draft> drafts = writes.unembedded().stream().map(Write::draft).toList();
    return new EmbedRequest(
            drafts.stream().map(draft -> writes.space().asStored(draft.embedded())).toList(),
            writes.lane(),
            drafts.stream().allMatch(Draft::measured))
        .in(writes.space().id());
  }

  /**
   * The same for the spaces beside the active one, nothing where there is none. They are bulk work:
   * nobody waits for them long. A passage was cut to another model's measure, so nothing is known
   * of its length.
   */
  public List<Elsewhere> elsewhere(Writes writes) {
    List<Elsewhere> all = new ArrayList<>();
    for (Space companion : writes.companions()) {
      List<Write> rows = writes.unembedded(companion);
      if (!rows.isEmpty()) {
        List<String> texts =
            rows.stream().map(write -> companion.asStored(write.draft().embedded())).toList();
        EmbedRequest request =
            new EmbedRequest(texts, Lane.INGEST).in(companion.id()).within(patience, PATIENCE);
        all.add(new Elsewhere(companion, rows.stream().map(Write::hash).toList(), request));
      }
    }
    return all;
  }

  /**
   * The writes, each with its vector or its refusal; {@code embeddings} as {@link #texts} asked.
   */
  public Writes withVectors(Writes writes, List<Embedding> embeddings) {
    Space active = writes.space();
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
        ? write.with(
            active.id(),
            new Placed(BinaryVector.floatVector(embedding.vector()), embedding.truncated()))
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
    return writes.map(
        write ->
            write.needless()
                ? write
                : write.sent(Upsert.of(MemoryRow.upsert(writes.tenant(), write, clock.instant()))));
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
