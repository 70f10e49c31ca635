package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

  private static List<String> split(String text) {
    List<Integer> starts = Sentences.starts(text, 0, text.length());
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      sentences.add(text.substring(starts.get(i), end).strip());
    }
    return sentences;
  }

  @Test
  void starts_breaksAfterSentences() {
    assertEquals(
        List.of("The cat sat on\nthe mat.", "Why?", "\"No!\"", "He left."),
        split("The cat sat on\nthe mat. Why? \"No!\" He left."));
  }

  @Test
  void starts_joinsAbbreviationsNumbersAndUrls() {
    for (String sentence :
        List.of(
            "Ask Dr. Smith, J. Doe or (e.g. Berlin) others.",
            "Version 3.14 of No. 7 costs 2.50 now.",
            "See https://a.b/c?D=e!F for more.")) {
      assertEquals(List.of(sentence), split(sentence));
    }
  }

  @Test
  void starts_breaksIdeographsWithoutBlanks() {
    assertEquals(List.of("今日は。", "元気ですか？", "はい。"), split("今日は。元気ですか？はい。"));
  }

  @Test
  void starts_breaksBeforeListMarkers() {
    assertEquals(
        List.of("- one", "- two\nmore", "2. three"), split("- one\n  - two\nmore\n2. three"));
  }
}
