package org.hippocamel.evaluation;

import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.eval.Dataset;
import org.hippocamel.job.JobKind;
import org.hippocamel.job.JobRequest;
import org.hippocamel.memory.Named;

/**
 * An evaluation as a caller wants it.
 *
 * @param named tenant and id; the id is that of its job, too
 * @param dataset name of a folder below {@code evaluation.directory}, or null for what the tenant
 *     has
 * @param queries to ask of what the tenant has; empty with a data set
 * @param judgements which memories answer them, and how well
 * @param sources whether judgements name sources instead of memories
 * @param modes as {@link org.hippocamel.eval.Variant} reads them
 * @param depth results of each search
 * @param earlier id of an evaluation to compare with, or null
 */
public record EvaluationOrder(
    Named named,
    String dataset,
    List<Dataset.Query> queries,
    Map<String, Map<String, Integer>> judgements,
    boolean sources,
    List<String> modes,
    int depth,
    String earlier) {
  /** What its progress counts: documents stored, queries asked of each mode. */
  private static final String UNIT = "documents and searches";

  public EvaluationOrder {
    queries = List.copyOf(queries);
    modes = List.copyOf(modes);
  }

  /** The job; a list of thousands of queries is not a parameter to look at. */
  JobRequest job() {
    Document parameters = new Document("dataset", dataset);
    if (dataset == null) {
      parameters.append("queries", queries.size()).append("sources", sources);
    }
    parameters.append("modes", modes).append("depth", depth).append("earlier", earlier);
    parameters.values().removeIf(java.util.Objects::isNull);
    return new JobRequest(named.tenant(), JobKind.EVALUATION, named.id(), UNIT, parameters);
  }
}
