package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hippocamel.config.GraphSettings;
import org.hippocamel.recall.SearchReply;

/**
 * Makes one ranking of what recall found and what the graph brought up: {@code (1 - w) relevance +
 * w graph}. The graph only adds: a hit without neighbours loses nothing to one that has some, and
 * without shared keys the order is recall's own.
 */
public final class Ranking {
  private static final int VIA = 5;

  private final GraphSettings settings;

  public Ranking(GraphSettings settings) {
    this.settings = settings;
  }

  /** The hits, and the best of what the graph brought up, best first. */
  public Ranked candidates(ContextRequest request, SearchReply recalled, Subgraph graph) {
    Map<String, Double> relevance = relevance(recalled.hits());
    Map<String, Double> ranks = ranks(request, graph, relevance);
    Map<String, List<String>> via = via(graph);
    double weight = ranks.isEmpty() ? 0 : request.walk().weight();
    List<Candidate> all = new ArrayList<>();
    for (SearchReply.Hit hit : recalled.hits()) {
      String id = hit.row().getString("_id");
      all.add(candidate(id, hit, relevance, ranks, 0, via, weight));
    }
    graph.hops().entrySet().stream()
        .filter(found -> found.getValue() > 0 && !relevance.containsKey(found.getKey()))
        .map(
            found ->
                candidate(found.getKey(), null, relevance, ranks, found.getValue(), via, weight))
        .sorted(BEST_FIRST)
        .limit(settings.candidates())
        .forEach(all::add);
    all.sort(BEST_FIRST);
    return Ranked.of(all);
  }

  static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::id);

  private static Candidate candidate(
      String id,
      SearchReply.Hit hit,
      Map<String, Double> relevance,
      Map<String, Double> ranks,
      int hop,
      Map<String, List<String>> via,
      double weight) {
    double share = relevance.getOrDefault(id, 0.0);
    double rank = ranks.getOrDefault(id, 0.0);
    return new Candidate(
        id,
        hit == null ? null : hit.row(),
        hit,
        share,
        rank,
        hop,
        via.getOrDefault(id, List.of()),
        null,
        (1 - weight) * share + weight * rank,
        null);
  }

  /** Scores of any scale as places between the worst and the best. */
  private static Map<String, Double> relevance(List<SearchReply.Hit> hits) {
    Map<String, Double> scores = new LinkedHashMap<>();
    hits.forEach(hit -> scores.put(hit.row().getString("_id"), hit.score()));
    double best = scores.values().stream().mapToDouble(s -> s).max().orElse(0);
    double worst = scores.values().stream().mapToDouble(s -> s).min().orElse(0);
    scores.replaceAll((id, score) -> best == worst ? 1 : (score - worst) / (best - worst));
    return scores;
  }

  private Map<String, Double> ranks(
      ContextRequest request, Subgraph graph, Map<String, Double> relevance) {
    Map<String, Double> ranks = new HashMap<>();
    Map<String, List<String>> members = graph.members(settings.maxKeySize());
    if (members.isEmpty()) {
      return ranks;
    }
    Map<String, Double> seeds = new LinkedHashMap<>();
    for (String id : graph.foundIn(0)) {
      double share = id.equals(Subgraph.QUESTION) ? 1 : relevance.getOrDefault(id, 0.0);
      seeds.put(id, share * share);
    }
    double sum = seeds.values().stream().mapToDouble(s -> s).sum();
    seeds.replaceAll((id, share) -> share / sum);
    List<String> ids = List.copyOf(graph.memories().keySet());
    double[] rank = new PageRank(ids, members, graph.sizes()).ranks(seeds, settings.damping());
    double best = 0;
    for (int i = 0; i < rank.length; i++) {
      best = ids.get(i).equals(Subgraph.QUESTION) ? best : Math.max(best, rank[i]);
    }
    for (int i = 0; i < rank.length; i++) {
      ranks.put(ids.get(i), best == 0 ? 0 : rank[i] / best);
    }
    return ranks;
  }

  private Map<String, List<String>> via(Subgraph graph) {
    Map<String, List<String>> via = new HashMap<>();
    graph.members(settings.maxKeySize()).entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, List<String>> key) -> key.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            key ->
                key.getValue().stream()
                    .map(id -> via.computeIfAbsent(id, one -> new ArrayList<>()))
                    .filter(keys -> keys.size() < VIA)
                    .forEach(keys -> keys.add(key.getKey())));
    return via;
  }
}
