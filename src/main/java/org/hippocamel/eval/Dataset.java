package org.hippocamel.eval;

import java.util.List;

/**
 * A labelled set: documents to find, questions, and which documents answer which question.
 *
 * @param name as reports show it
 * @param documents the corpus
 * @param queries those that are judged, in the order of their file
 * @param judgements the grades
 */
public record Dataset(
    String name, List<Document> documents, List<Query> queries, Judgements judgements) {
  public Dataset {
    documents = List.copyOf(documents);
    queries = List.copyOf(queries);
  }

  /**
   * A document.
   *
   * @param title empty where the set has none
   */
  public record Document(String id, String title, String text) {
    /** Title, a blank, text: what is embedded where a document is one memory. */
    public String whole() {
      return title.isEmpty() ? text : title + " " + text;
    }
  }

  /** A question. */
  public record Query(String id, String text) {}
}
