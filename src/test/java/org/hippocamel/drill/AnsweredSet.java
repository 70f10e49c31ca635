package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hippocamel.eval.BeirFolder;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.Judgements;
import org.hippocamel.eval.Metric;
import org.hippocamel.eval.Ranking;

/**
 * A labelled set among the memories of a drill, and what its queries are answered with: asked by
 * meaning alone, among its own memories, so that the figures depend on the space and on nothing
 * that is written meanwhile.
 */
final class AnsweredSet {
  /** Agent of its memories. */
  static final String AGENT = "set";

  private static final int DEPTH = 10;
  private static final String[][] THINGS = {
    {"car", "automobile"},
    {"fridge", "refrigerator"},
    {"laptop", "portable computer"},
    {"bicycle", "two-wheeler"},
    {"sofa", "couch"},
    {"mobile phone", "handset"},
    {"washing machine", "laundry appliance"},
    {"television", "screen in the living room"},
    {"shower", "water in the bathroom"},
    {"front door", "entrance"},
    {"lawn mower", "grass cutter"},
    {"coffee maker", "espresso machine"},
    {"printer", "device for paper copies"},
    {"heating", "radiators"},
    {"vacuum cleaner", "hoover"},
    {"lift", "elevator"},
    {"camera", "photo equipment"},
    {"shoes", "footwear"},
    {"kettle", "water boiler"},
    {"alarm clock", "morning bell"}
  };
  private static final String[][] TROUBLES = {
    {"does not start any more", "refuses to turn on"},
    {"is far too noisy", "makes a dreadful racket"},
    {"smells of smoke", "gives off a burning odour"},
    {"was delivered in the wrong colour", "came in a shade nobody ordered"},
    {"leaks onto the floor", "leaves puddles"},
    {"arrived with scratches", "had marks all over when unpacked"},
    {"became too expensive", "costs more than we can pay"},
    {"is missing a part", "came incomplete"},
    {"was stolen last night", "has been taken by burglars"},
    {"works again after the repair", "is fine since the technician came"}
  };

  /**
   * The answers to all queries at one moment.
   *
   * @param spaces which space answered each query
   * @param found ids for each query, best first
   * @param ndcg mean nDCG@10
   */
  record Answers(Map<String, String> spaces, Map<String, List<String>> found, double ndcg) {
    /** Queries that are answered as at the end that has the same space. */
    long asAt(Answers... ends) {
      return found.entrySet().stream()
          .filter(
              one ->
                  List.of(ends).stream()
                      .anyMatch(
                          end ->
                              end.spaces.get(one.getKey()).equals(spaces.get(one.getKey()))
                                  && end.found.get(one.getKey()).equals(one.getValue())))
          .count();
    }

    /** The spaces that answered, once each. */
    Set<String> by() {
      return new TreeSet<>(spaces.values());
    }
  }

  private final Dataset set;

  private AnsweredSet(Dataset set) {
    this.set = set;
  }

  /**
   * @param folder in BEIR's layout, or "" for one that is made here: 200 reports, each asked for in
   *     other words
   * @param most queries
   */
  static AnsweredSet of(String folder, int most) {
    Dataset whole = folder.isEmpty() ? made() : BeirFolder.read(Path.of(folder));
    List<Dataset.Query> queries = whole.queries();
    return new AnsweredSet(
        new Dataset(
            whole.name(),
            whole.documents(),
            queries.subList(0, Math.min(most, queries.size())),
            whole.judgements()));
  }

  private static Dataset made() {
    List<Dataset.Document> documents = new ArrayList<>();
    List<Dataset.Query> queries = new ArrayList<>();
    Map<String, Map<String, Integer>> grades = new HashMap<>();
    for (String[] thing : THINGS) {
      for (String[] trouble : TROUBLES) {
        String id = "s" + documents.size();
        documents.add(new Dataset.Document(id, "", "The " + thing[0] + " " + trouble[0] + "."));
        queries.add(new Dataset.Query("q" + id, "my " + thing[1] + " " + trouble[1]));
        grades.put("q" + id, Map.of(id, 1));
      }
    }
    return new Dataset("reports", documents, queries, new Judgements(grades));
  }

  String describe() {
    return set.name()
        + ", "
        + set.documents().size()
        + " memories, "
        + set.queries().size()
        + " queries";
  }

  List<String> texts() {
    return set.documents().stream().map(Dataset.Document::whole).toList();
  }

  void store(RestClient rest) {
    List<String> lines =
        set.documents().stream()
            .map(
                one ->
                    RestClient.json(Map.of("id", one.id(), "agent_id", AGENT, "text", one.whole())))
            .toList();
    rest.store(lines, 100);
  }

  Answers ask(RestClient rest) {
    Map<String, String> spaces = new LinkedHashMap<>();
    Map<String, List<String>> found = new LinkedHashMap<>();
    double sum = 0;
    for (Dataset.Query query : set.queries()) {
      JsonNode reply =
          rest.search(
              Map.of("query", query.text(), "mode", "vector", "agent_id", AGENT, "limit", DEPTH));
      spaces.put(query.id(), reply.get("space").asText());
      List<Ranking.Scored> scored = new ArrayList<>();
      reply
          .get("results")
          .forEach(
              hit ->
                  scored.add(
                      new Ranking.Scored(hit.get("id").asText(), hit.get("score").asDouble())));
      found.put(query.id(), scored.stream().map(Ranking.Scored::document).toList());
      sum += Metric.NDCG_10.value(Ranking.of(scored), set.judgements().of(query.id()));
    }
    return new Answers(spaces, found, sum / set.queries().size());
  }
}
