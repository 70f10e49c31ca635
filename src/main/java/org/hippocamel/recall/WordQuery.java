package org.hippocamel.recall;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bson.Document;
import org.hippocamel.spaces.SearchIndexDefinitions;

/**
 * The {@code $search} stage of a question: its words in text, title, heading or solution; and what
 * in it is an identifier once more, as a phrase, word for word. So the memory that names {@code
 * ERR_042} is worth more than all that share other words with the question, and more than one of
 * {@code ERR_043}; how much more, BM25 says by how rare it is.
 */
final class WordQuery {
  /** Weight of an identifier that can be nothing else beside a word. */
  private static final double SPELLED = 4;

  /**
   * Weight of one that may be a name like others, as IL-6 or p53 are in a text on medicine: with 4
   * nDCG@10 by words falls from 0.684 to 0.671 on SciFact, with 1 identifiers are found as well.
   */
  private static final double NAMED = 1;

  /**
   * Of a question as long as a page the beginning: each word is a clause for each path, and Atlas
   * allows 1,024 clauses. In scripts without blanks a character counts as a word, and so does an
   * emoji.
   */
  private static final int MAX_WORDS = 180;

  /** Words that are looked for in their other Unicode form too. */
  private static final int MAX_DECOMPOSED = 50;

  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsKhmer}\\p{IsLao}]"
              + "|[\\p{L}\\p{M}\\p{N}]+"
              + "|[\\p{S}\u203c\u2049\u3030\u303d]");
  private static final List<String> PATHS =
      List.of("text", "source.title", "source.heading", "case.solution");

  private static final List<Document> EXACT_PATHS =
      PATHS.stream()
          .map(path -> new Document("value", path).append("multi", SearchIndexDefinitions.EXACT))
          .toList();

  private WordQuery() {}

  /** The stage for a query among the memories of a scope. */
  static Document stage(String query, Scope scope) {
    Document words =
        new Document("text", new Document("query", forms(query)).append("path", PATHS));
    List<Document> clauses = new ArrayList<>(List.of(words));
    Map<Boolean, List<String>> identifiers =
        Identifiers.in(query).stream().collect(Collectors.partitioningBy(Identifiers::spelled));
    exactly(identifiers.get(true), SPELLED).ifPresent(clauses::add);
    exactly(identifiers.get(false), NAMED).ifPresent(clauses::add);
    Document asked = clauses.size() == 1 ? words : either(clauses);
    Document compound =
        new Document("must", List.of(asked)).append("filter", scope.searchFilters());
    return new Document(
        "$search",
        new Document("index", SearchIndexDefinitions.LEXICAL).append("compound", compound));
  }

  private static Optional<Document> exactly(List<String> identifiers, double weight) {
    if (identifiers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Document(
            "phrase",
            new Document("query", identifiers)
                .append("path", EXACT_PATHS)
                .append("score", new Document("boost", new Document("value", weight)))));
  }

  private static Document either(List<Document> clauses) {
    return new Document(
        "compound", new Document("should", clauses).append("minimumShouldMatch", 1));
  }

  /**
   * The words as most programs write them, accents and letters in one; and once more the way of
   * those that write them one after the other, where that differs: texts are stored as they came.
   */
  private static List<String> forms(String query) {
    String composed = beginning(Normalizer.normalize(query, Normalizer.Form.NFC), MAX_WORDS);
    String decomposed =
        WORD.matcher(composed)
            .results()
            .map(MatchResult::group)
            .filter(word -> !Normalizer.isNormalized(word, Normalizer.Form.NFD))
            .limit(MAX_DECOMPOSED)
            .map(word -> Normalizer.normalize(word, Normalizer.Form.NFD))
            .collect(Collectors.joining(" "));
    return decomposed.isEmpty() ? List.of(composed) : List.of(composed, decomposed);
  }

  private static String beginning(String query, int words) {
    Matcher word = WORD.matcher(query);
    for (int count = 0; word.find(); count++) {
      if (count == words) {
        return query.substring(0, word.start());
      }
    }
    return query;
  }
}
