package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.GraphSettings;
import org.hippocamel.recall.Scope;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.spaces.SpaceSetup;

/**
 * The walk over the graph, step by step as {@code routes/context.camel.yaml} makes it. Everything
 * is bounded before it is asked for, and every pipeline holds the caller's tenant.
 *
 * <p>{@code $graphLookup} follows every key of a memory, and what restricts it are conditions on
 * memories, not on keys; so that hubs are not followed, each step is a look-up of its own that
 * begins with the keys found rare.
 */
public final class Expansion {
  private final GraphSettings settings;
  private final MemoryKeys keys;

  public Expansion(GraphSettings settings, MemoryKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /** Whether there is something to begin with, and a request that wants it. */
  public boolean wanted(ContextRequest request, SearchReply recalled) {
    return request.walk().hops() > 0 && !recalled.hits().isEmpty();
  }

  /** Pipeline: the keys of the best hits. */
  public List<Bson> seedsPipeline(ContextRequest request, SearchReply recalled) {
    return List.of(
        new Document("$match", among(request, seeds(recalled))),
        new Document("$project", new Document("keys", 1)));
  }

  private List<String> seeds(SearchReply recalled) {
    return recalled.hits().stream()
        .limit(settings.seeds())
        .map(hit -> hit.row().getString("_id"))
        .toList();
  }

  /** Of these memories, the ones that may answer. */
  private static Document among(ContextRequest request, List<String> ids) {
    Document which = new Document("_id", new Document("$in", ids));
    return new Document("$and", List.of(which, request.question().scope().vectorFilter()));
  }

  /** The hits as the beginning of a graph. */
  public Subgraph begin(ContextRequest request, SearchReply recalled, List<Document> rows) {
    Map<String, List<String>> found = stored(rows);
    Map<String, List<String>> inOrder = new LinkedHashMap<>();
    seeds(recalled).forEach(id -> inOrder.put(id, found.getOrDefault(id, List.of())));
    return Subgraph.of(keys.entities(request.question().query()), inOrder);
  }

  private static Map<String, List<String>> stored(List<Document> rows) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    rows.stream()
        .sorted(Comparator.comparing(row -> row.getString("_id")))
        .forEach(row -> keys.put(row.getString("_id"), stored(row)));
    return keys;
  }

  private static List<String> stored(Document row) {
    List<String> keys = row.getList("keys", String.class);
    return keys == null ? List.of() : keys;
  }

  /** Whether another step is wanted and leads anywhere. */
  public boolean goesOn(ContextRequest request, Subgraph graph) {
    return graph.step() < request.walk().hops() && !graph.unasked(settings.maxKeys()).isEmpty();
  }

  /**
   * Pipeline: how many memories of the tenant share each key, counted to one more than a hub has.
   * One row carries the keys.
   */
  public List<Bson> sizesPipeline(ContextRequest request, Subgraph graph) {
    List<Bson> pipeline = new ArrayList<>(carrier(graph));
    pipeline.add(
        new Document(
            "$project",
            new Document("_id", 0)
                .append("key", new Document("$literal", graph.unasked(settings.maxKeys())))));
    pipeline.add(new Document("$unwind", "$key"));
    pipeline.add(
        new Document(
            "$lookup",
            new Document("from", SpaceSetup.MEMORIES)
                .append("localField", "key")
                .append("foreignField", "keys")
                .append("pipeline", counted(request.question().scope()))
                .append("as", "sharing")));
    pipeline.add(
        new Document(
            "$project", new Document("key", 1).append("size", new Document("$size", "$sharing"))));
    return pipeline;
  }

  private static List<Document> carrier(Subgraph graph) {
    List<String> hits =
        graph.foundIn(0).stream().filter(id -> !id.equals(Subgraph.QUESTION)).toList();
    return List.of(
        new Document("$match", new Document("_id", new Document("$in", hits))),
        new Document("$limit", 1));
  }

  private List<Document> counted(Scope scope) {
    return List.of(
        new Document("$match", Scope.of(scope.tenant()).vectorFilter()),
        new Document("$limit", settings.maxKeySize() + 1),
        new Document("$project", new Document("_id", 1)));
  }

  /** The graph with the sizes of its keys. */
  public Subgraph sized(Subgraph graph, List<Document> rows) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    graph.unasked(settings.maxKeys()).forEach(key -> sizes.put(key, 0));
    rows.forEach(row -> sizes.put(row.getString("key"), row.getInteger("size")));
    return graph.sized(sizes);
  }

  /** Whether a key was found that is shared and no hub. */
  public boolean leads(Subgraph graph) {
    return !rare(graph).isEmpty();
  }

  /** Pipeline: the memories that share a rare key with those of the last step. */
  public List<Bson> neighboursPipeline(ContextRequest request, Subgraph graph) {
    List<Bson> pipeline = new ArrayList<>(carrier(graph));
    pipeline.add(
        new Document(
            "$graphLookup",
            new Document("from", SpaceSetup.MEMORIES)
                .append("startWith", new Document("$literal", rare(graph)))
                .append("connectFromField", "keys")
                .append("connectToField", "keys")
                .append("maxDepth", 0)
                .append("restrictSearchWithMatch", request.question().scope().vectorFilter())
                .append("as", "near")));
    pipeline.add(new Document("$unwind", "$near"));
    pipeline.add(
        new Document("$project", new Document("_id", "$near._id").append("keys", "$near.keys")));
    return pipeline;
  }

  private List<String> rare(Subgraph graph) {
    return graph.rare(settings.maxKeySize(), settings.maxNodes());
  }

  /** The graph one step larger. */
  public Subgraph joined(Subgraph graph, List<Document> rows) {
    return graph.joined(stored(rows));
  }

  /** The graph when a step leads nowhere. */
  public Subgraph ended(Subgraph graph) {
    return graph.joined(Map.of());
  }

  /** No graph: it was not wanted, or there is nothing to begin with. */
  public Subgraph none() {
    return Subgraph.of(List.of(), Map.of());
  }
}
