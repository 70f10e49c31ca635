package org.hippocamel.recall;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.hippocamel.spaces.SearchIndexDefinitions;

/** The {@code $search} stage of a question: its words in text, title, heading or solution. */
final class WordQuery {
  private static final int MAX_WORDS = 250;
  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsKhmer}\\p{IsLao}]"
              + "|[\\p{L}\\p{M}\\p{N}]+");
  private static final List<String> PATHS =
      List.of("text", "source.title", "source.heading", "case.solution");

  private WordQuery() {}

  /** The stage for a query among the memories of a scope. */
  static Document stage(String query, Scope scope) {
    Document text = new Document("query", beginning(query)).append("path", PATHS);
    Document compound =
        new Document("must", List.of(new Document("text", text)))
            .append("filter", scope.searchFilters());
    return new Document(
        "$search",
        new Document("index", SearchIndexDefinitions.LEXICAL).append("compound", compound));
  }

  /**
   * The beginning of a question as long as a page: each word is a clause for each path, and Atlas
   * allows 1,024 clauses. In scripts without blanks a character counts as a word.
   */
  private static String beginning(String query) {
    Matcher words = WORD.matcher(query);
    for (int count = 0; words.find(); count++) {
      if (count == MAX_WORDS) {
        return query.substring(0, words.start());
      }
    }
    return query;
  }
}
