package org.hippocamel.spaces;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedder;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.embedding.TeiInfo;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Finds out which space each embedder stands for, and which of them is the active one: the settings
 * name servers, the store says which model its vectors come from. Thread-safe.
 */
public final class SpaceDiscovery {
  private final Embedders embedders;
  private final Map<String, Instructions> instructions;
  private final Map<String, Space> found = new ConcurrentHashMap<>();
  private final Map<String, float[]> probes = new ConcurrentHashMap<>();
  private final Map<String, Problem> troubles = new ConcurrentHashMap<>();

  /**
   * @param instructions by the name of the embedder
   */
  public SpaceDiscovery(Embedders embedders, Map<String, Instructions> instructions) {
    this.embedders = embedders;
    this.instructions = Map.copyOf(instructions);
  }

  /** Pipeline: every row of the collection {@code spaces}; there are a few. */
  public List<Bson> rowsPipeline() {
    return List.of(new Document("$match", new Document()));
  }

  /** The embedders that answer and of which nobody knows the space yet. */
  public List<Embedder> unknown() {
    return embedders.all().stream()
        .filter(one -> one.space() == null && one.trouble().isEmpty())
        .toList();
  }

  /** Whether there is one. */
  public boolean waits() {
    return !unknown().isEmpty();
  }

  /** One text whose vector tells the dimension; TEI's {@code /info} does not. */
  public EmbedRequest probe(Embedder embedder) {
    return new EmbedRequest(List.of("probe"), Lane.QUERY).in(embedder.name());
  }

  /**
   * Notes the space that an embedder stands for: one that the store has, or a new one.
   *
   * @throws Problem why the probe has no vector
   */
  public Space settle(Embedder embedder, List<Embedding> probe, SpaceList stored) {
    TeiInfo info = embedder.replicas().model();
    float[] vector = probe.get(0).orThrow();
    Space space = Space.of(info, vector.length, instructions.get(embedder.name()));
    Space named =
        stored.like(space, vector).map(space::named).orElseGet(() -> apart(space, vector, stored));
    probes.put(named.id(), vector);
    embedder.settle(named.id(), named.dimensions());
    found.put(embedder.name(), named);
    troubles.remove(embedder.name());
    return named;
  }

  /**
   * Another revision or pooling of a model whose name is taken gets a name of its own, and so does
   * another model under the same name, which only its vectors tell.
   */
  private static Space apart(Space space, float[] probe, SpaceList stored) {
    if (stored.find(space.id()).isEmpty()) {
      return space;
    }
    Space apart = space.apart();
    return stored.find(apart.id()).filter(entry -> !entry.probed(probe)).isEmpty()
        ? apart
        : apart.under(apart.id() + "-" + Integer.toHexString(Arrays.hashCode(probe)));
  }

  /**
   * Update that keeps the vector of the probe text with a space, the first time.
   *
   * @return filter and change
   */
  public List<Document> keepProbe(Space space) {
    return List.of(
        new Document("_id", space.id()).append("probe", new Document("$exists", false)),
        new Document(
            "$set", new Document("probe", BinaryVector.floatVector(probes.get(space.id())))));
  }

  /** Notes that an embedder gave no vector for the probe. */
  public void unsettled(Embedder embedder, Throwable thrown) {
    troubles.put(embedder.name(), Diagnosis.of(thrown));
  }

  /** The space that an embedder of this process stands for: the stored one's is not asked for. */
  public Optional<Space> served(String id) {
    return found.values().stream().filter(space -> space.id().equals(id)).findFirst();
  }

  /** The space that memories would move to: of an embedder here, and not the active one. */
  public Optional<Space> other(String active) {
    return embedders.all().stream()
        .map(one -> found.get(one.name()))
        .filter(space -> space != null && !space.id().equals(active))
        .findFirst();
  }

  /**
   * The space to be active: the one that the store says, as its embedder serves it; in a new store
   * the one of the embedder at {@code tei.url}.
   *
   * @throws Problem why that embedder does not answer; CONFLICT when all answer and none of them
   *     serves the stored model, naming both models
   */
  public Space choose(SpaceList stored) {
    Embedder first = embedders.all().get(0);
    Space active = stored.activeSpace().orElse(null);
    if (active == null) {
      return Optional.ofNullable(found.get(first.name())).orElseThrow(() -> trouble(first));
    }
    return served(active.id())
        .orElseThrow(
            () ->
                embedders.all().stream()
                    .filter(one -> one.space() == null)
                    .findFirst()
                    .map(this::trouble)
                    .orElseGet(() -> another(active)));
  }

  private Problem trouble(Embedder embedder) {
    return embedder
        .trouble()
        .or(() -> Optional.ofNullable(troubles.get(embedder.name())))
        .orElseGet(
            () -> new Problem(ProblemKind.UNAVAILABLE, "the embedder has not been asked yet"));
  }

  private Problem another(Space active) {
    StringBuilder message = new StringBuilder("the embedder at tei.url serves ");
    message.append(found.get("tei").describe());
    if (found.containsKey("next")) {
      message.append(", the one at next.tei.url ").append(found.get("next").describe());
    }
    return new Problem(
        ProblemKind.CONFLICT,
        message
            + ", but the memories in this database were embedded by "
            + active.describe()
            + "; vectors of two models cannot be compared. Point TEI_URL at a server of "
            + active.modelId()
            + ", and to move the memories to the other model NEXT_TEI_URL at its server, then run"
            + " hippocamel reembed; or point MONGODB_DATABASE at a new database");
  }
}
