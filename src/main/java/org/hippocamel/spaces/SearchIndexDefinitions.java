package org.hippocamel.spaces;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.hippocamel.config.VectorSettings.Encoding;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The two search indexes of the collection: vectors of a space, and words. Both declare the same
 * filter fields, so that a filter means the same in both.
 */
public final class SearchIndexDefinitions {
  /** Name of the lexical index. */
  public static final String LEXICAL = "lexical";

  /**
   * Name under which texts are indexed a second time, word for word: no stems, no stop words,
   * whatever the language. In {@code listUsers} and {@code listUser} the ending is not grammar.
   */
  public static final String EXACT = "exact";

  /** What an index is that says nothing of its quantisation. */
  static final String NOT_QUANTISED = Encoding.FLOAT32.quantization();

  private final Map<String, String> filterable;
  private final String analyzer;
  private final Encoding encoding;

  /**
   * @param filterable document paths that searches may filter on, with their types (string, number,
   *     date, boolean); {@code tenant} among them
   * @param analyzer Atlas name of the analyzer for texts
   * @param encoding of vectors in the index
   */
  public SearchIndexDefinitions(
      Map<String, String> filterable, String analyzer, Encoding encoding) {
    this.filterable = new TreeMap<>(filterable);
    this.analyzer = analyzer;
    this.encoding = encoding;
  }

  /**
   * Both indexes as {@code createSearchIndexes} wants them.
   *
   * @throws Problem CONFLICT when the space's dimensions do not fill whole bytes of bits
   */
  public List<Document> all(Space space) {
    return List.of(
        new Document("name", space.index())
            .append("type", "vectorSearch")
            .append("definition", vector(space)),
        new Document("name", LEXICAL).append("type", "search").append("definition", lexical()));
  }

  private Document vector(Space space) {
    if (encoding == Encoding.BINARY && space.dimensions() % Byte.SIZE != 0) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "vectors.encoding binary needs a multiple of 8 dimensions, "
              + space.modelId()
              + " has "
              + space.dimensions()
              + "; set it to int8 or float32");
    }
    List<Document> fields = new ArrayList<>();
    fields.add(
        new Document("type", "vector")
            .append("path", space.path())
            .append("numDimensions", space.dimensions())
            .append("similarity", "cosine")
            // Said even where it is the default: only so can an index be turned back into floats.
            .append("quantization", encoding.quantization()));
    filterable
        .keySet()
        .forEach(path -> fields.add(new Document("type", "filter").append("path", path)));
    return new Document("fields", fields);
  }

  private Document lexical() {
    Document fields = new Document("text", string());
    Document source = new Document("title", string()).append("heading", string());
    Document metadata = new Document();
    Document solved = new Document("solution", string());
    filterable.forEach(
        (path, type) -> {
          Document mapping = new Document("type", type.equals("string") ? "token" : type);
          if (path.startsWith("metadata.")) {
            metadata.append(path.substring("metadata.".length()), mapping);
          } else if (path.startsWith("source.")) {
            source.append(path.substring("source.".length()), mapping);
          } else if (path.startsWith("case.")) {
            solved.append(path.substring("case.".length()), mapping);
          } else {
            fields.append(path, mapping);
          }
        });
    fields
        .append("source", nested(source))
        .append("metadata", nested(metadata))
        .append("case", nested(solved));
    return new Document("analyzer", analyzer)
        .append("searchAnalyzer", analyzer)
        .append("mappings", new Document("dynamic", false).append("fields", fields));
  }

  private static Document string() {
    Document exact = new Document("type", "string").append("analyzer", "lucene.standard");
    return new Document("type", "string").append("multi", new Document(EXACT, exact));
  }

  private static Document nested(Document fields) {
    return new Document("type", "document").append("dynamic", false).append("fields", fields);
  }
}
