package org.hippocamel.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hippocamel.problem.Problem;
import org.hippocamel.rerank.Reranked;

/**
 * Scores as Jina's and Cohere's clients read them: the results are the same in both APIs, {@code
 * usage} is Jina's, {@code meta} Cohere's.
 */
public final class RerankReplies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  /**
   * Best first; equal scores in the order of the documents.
   *
   * @throws Problem why there are no scores
   */
  public Reply rerank(Ranking asked, Reranked reranked) {
    List<Float> scores = reranked.orThrow();
    ObjectNode body =
        JSON.createObjectNode().put("model", reranked.modelId()).put("object", "list");
    body.putObject("usage")
        .put("prompt_tokens", reranked.tokens())
        .put("total_tokens", reranked.tokens());
    ArrayNode results = body.putArray("results");
    IntStream.range(0, scores.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> scores.get(i)).reversed())
        .limit(asked.top())
        .forEach(i -> result(results.addObject(), i, scores.get(i), asked));
    ObjectNode meta = body.putObject("meta");
    meta.putObject("api_version").put("version", "1");
    meta.putObject("billed_units").put("search_units", 0); // nobody is billed
    return RestReplies.json(OK, body);
  }

  private static void result(ObjectNode result, int index, float score, Ranking asked) {
    result.put("index", index).put("relevance_score", score);
    if (asked.withDocuments()) {
      result.putObject("document").put("text", asked.request().texts().get(index));
    }
  }
}
