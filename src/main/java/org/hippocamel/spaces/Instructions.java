package org.hippocamel.spaces;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is put before texts when they are embedded, and nowhere else: models are trained with it.
 *
 * @param query before questions; empty for nothing, {@code auto} for what the model's authors ask
 * @param document before stored texts, in the same form
 */
public record Instructions(String query, String document) {
  private static final String AUTO = "auto";
  private static final Instructions NONE = new Instructions("", "");
  private static final String SENTENCE =
      "Represent this sentence for searching relevant passages: ";

  /**
   * As the model cards say; the first that fits. Models with "instruct" in their name (e5, gte)
   * want a sentence about the task at hand, which only their user knows.
   */
  private static final List<Family> FAMILIES =
      List.of(
          new Family("bge-(small|base|large)-en", SENTENCE, ""),
          new Family("mxbai-embed-large", SENTENCE, ""),
          new Family("snowflake-arctic-embed-.*v2", "query: ", ""),
          new Family("snowflake-arctic-embed", SENTENCE, ""),
          new Family("nomic-embed-text", "search_query: ", "search_document: "),
          new Family("(?<![a-z0-9])e5-(small|base|large)(?!.*instruct)", "query: ", "passage: "));

  private record Family(Pattern models, String query, String document) {
    Family(String models, String query, String document) {
      this(Pattern.compile(models, Pattern.CASE_INSENSITIVE), query, document);
    }
  }

  /**
   * The same with {@code auto} replaced; by nothing for a model of no known family, because a wrong
   * instruction is worse than none.
   *
   * @param modelId hub id or folder
   */
  public Instructions of(String modelId) {
    Instructions known =
        FAMILIES.stream()
            .filter(family -> family.models.matcher(modelId).find())
            .findFirst()
            .map(family -> new Instructions(family.query, family.document))
            .orElse(NONE);
    return new Instructions(
        query.strip().equals(AUTO) ? known.query : query,
        document.strip().equals(AUTO) ? known.document : document);
  }
}
