package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hippocamel.config.Limits;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.Variant;
import org.hippocamel.evaluation.DatasetFolders;
import org.hippocamel.evaluation.EvaluationOrder;
import org.hippocamel.evaluation.Questions;
import org.hippocamel.graph.ContextRequest;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.search.SearchRequest;

/** Reads the body of {@code POST /v1/evaluations}. Thread-safe. */
public final class EvaluationRequests implements Questions {
  private static final List<String> MODES = List.of("vector", "lexical", "hybrid");
  private static final List<String> UNITS = List.of("memory", "document");
  private static final Bound MODE = Bound.fixed(100);
  private static final Bound MOST_MODES = Bound.fixed(20);
  private static final Bound GRADE = Bound.fixed(1_000);
  private static final int DEEPEST = 100;

  /** A row of the store holds 16 MB. */
  private static final int MOST_BYTES = 8_000_000;

  private final RecallRequests recall;
  private final ContextRequests contexts;
  private final DatasetFolders folders;
  private final Supplier<String> ids;
  private final Bound queries;
  private final Bound query;
  private final Bound id;
  private final Bound depth;
  private final boolean reranks;

  /**
   * @param ids gives each order one
   * @param maxQueries that a body may bring along
   * @param reranks whether there is a reranker
   */
  public EvaluationRequests(
      RecallRequests recall,
      ContextRequests contexts,
      DatasetFolders folders,
      Supplier<String> ids,
      Limits limits,
      int maxQueries,
      boolean reranks) {
    this.recall = recall;
    this.contexts = contexts;
    this.folders = folders;
    this.ids = ids;
    this.queries = new Bound(maxQueries, "evaluation.max-queries");
    this.query = new Bound(limits.maxQueryChars(), "limits.max-query-chars");
    this.id = new Bound(limits.maxIdChars(), "limits.max-id-chars");
    this.reranks = reranks;
    this.depth = new Bound(limits.maxLimit(), "limits.max-limit");
  }

  @Override
  public SearchRequest search(Variant variant, String tenant, String words, int limit) {
    return recall.memories(body(variant, words, limit), Caller.of(tenant, Role.READER));
  }

  @Override
  public ContextRequest context(Variant variant, String tenant, String words, int limit) {
    return contexts.parse(body(variant, words, limit), Caller.of(tenant, Role.READER));
  }

  private static byte[] body(Variant variant, String words, int limit) {
    return variant.request(words, limit).toString().getBytes(StandardCharsets.UTF_8);
  }

  private void attempt(Variant variant, String tenant) {
    if (variant.fields().path("rerank").asBoolean() && !reranks) {
      throw new IllegalArgumentException(
          "mode \""
              + variant.name()
              + "\": there is no reranker; set RERANK_URL or"
              + " RERANK_MODEL_DIR");
    }
    if (variant.context()) {
      context(variant, tenant, "any", 1);
    } else {
      search(variant, tenant, "any", 1);
    }
  }

  /**
   * The evaluation of a body.
   *
   * @throws Problem Malformed, Too large, or Invalid with all faults
   */
  public EvaluationOrder parse(byte[] body, Caller caller) {
    if (body != null && body.length > MOST_BYTES) {
      throw new Problem(
          ProblemKind.TOO_LARGE,
          "the body has " + body.length + " bytes, the limit of an evaluation is " + MOST_BYTES);
    }
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    in.forbid("tenant", "the tenant comes from the API key");
    String dataset = in.string("dataset", false, MODE);
    List<Dataset.Query> asked = queries(in);
    Map<String, Map<String, Integer>> grades = judgements(in, asked);
    String unit = in.choice("unit", UNITS);
    List<String> modes = modes(in, caller);
    int results = in.integer("depth", 1, depth, Math.min(DEEPEST, depth.max()));
    String earlier = in.id("earlier", false, id);
    either(in, dataset, asked, unit);
    in.finish();
    if (dataset != null) {
      folders.check(dataset);
    }
    return new EvaluationOrder(
        new Named(caller.tenant(), ids.get()),
        dataset,
        asked,
        grades,
        "document".equals(unit),
        modes,
        results,
        earlier);
  }

  private static void either(
      JsonObject in, String dataset, List<Dataset.Query> asked, String unit) {
    boolean faultless = in.errors().isEmpty();
    if (dataset == null && asked.isEmpty() && faultless) {
      in.refuse("dataset", "name a dataset, or send queries and judgements");
    }
    if (dataset != null && !asked.isEmpty()) {
      in.refuse("queries", "a dataset has queries of its own");
    }
    if (dataset != null && unit != null) {
      in.refuse("unit", "the documents of a dataset are memories");
    }
  }

  private List<Dataset.Query> queries(JsonObject in) {
    List<Dataset.Query> asked = new ArrayList<>();
    Set<String> known = new HashSet<>();
    in.elements("queries", queries)
        .forEach(
            (at, item) -> {
              JsonObject one = JsonObject.of(item, at, in.errors());
              String name = one.id("id", true, id);
              String text = one.string("text", true, query);
              one.close();
              if (name != null && !known.add(name)) {
                one.refuse("id", "two queries have this id");
              } else if (name != null && text != null) {
                asked.add(new Dataset.Query(name, text));
              }
            });
    return asked;
  }

  /** An object of objects: query, then memory or source, then grade. */
  private static Map<String, Map<String, Integer>> judgements(
      JsonObject in, List<Dataset.Query> asked) {
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    JsonNode judged = in.value("judgements", false);
    if (judged == null) {
      if (!asked.isEmpty()) {
        in.refuse("judgements", "queries without judgements tell nothing");
      }
      return grades;
    }
    JsonObject byQuery = JsonObject.of(judged, in.at("judgements"), in.errors());
    Set<String> known = new LinkedHashSet<>(asked.stream().map(Dataset.Query::id).toList());
    judged
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (known.remove(name)) {
                grades.put(name, grades(byQuery, name));
              } else {
                byQuery.refuse(name, "no query has this id");
              }
            });
    known.stream()
        .limit(1)
        .forEach(name -> in.refuse("judgements", "the query \"" + name + "\" has no judgement"));
    return grades;
  }

  private static Map<String, Integer> grades(JsonObject byQuery, String name) {
    JsonNode value = byQuery.value(name, true);
    Map<String, Integer> grades = new LinkedHashMap<>();
    if (value == null) {
      return grades;
    }
    JsonObject byId = JsonObject.of(value, byQuery.at(name), byQuery.errors());
    value.fieldNames().forEachRemaining(one -> grades.put(one, byId.integer(one, 0, GRADE, 0)));
    return grades;
  }

  /** Each mode is tried: a field that a search does not have is refused now, not hours later. */
  private List<String> modes(JsonObject in, Caller caller) {
    List<String> modes = new ArrayList<>();
    in.elements("modes", MOST_MODES)
        .forEach(
            (at, item) -> {
              String name = item.isTextual() ? item.textValue() : "";
              try {
                attempt(Variant.of(name), caller.tenant());
                modes.add(name);
              } catch (IllegalArgumentException e) {
                in.errors().add(new FieldError(at, e.getMessage()));
              } catch (Problem e) {
                in.errors().add(new FieldError(at, "mode \"" + name + "\": " + e.getMessage()));
              }
            });
    if (new HashSet<>(modes).size() < modes.size()) {
      in.refuse("modes", "a mode stands twice");
    }
    return modes.isEmpty() ? MODES : modes;
  }
}
