package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
  private static final int PLENTY = 8_192;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "\"quoted\" \\ back", "é ß", "漢字", "😀 emoji 😀", "a\u0001b"})
  void bytes_areThoseOfTheTextInJsonAndAComma(String text) throws JsonProcessingException {
    String json = new ObjectMapper().writeValueAsString(List.of(text, ""));
    int others = "[,\"\"]".length() - 1;
    int bytes = json.getBytes(StandardCharsets.UTF_8).length - others;
    assertEquals(bytes, Size.of(text, PLENTY).bytes());
  }

  @Test
  void tokens_areAtMostWhatTheModelSees() {
    assertEquals(512, Size.of("word ".repeat(1_000), 512).tokens());
    assertEquals(2 + (5_000 + 3) / 3, Size.of("word ".repeat(1_000), PLENTY).tokens());
  }

  @Test
  void plus_addsUp() {
    assertEquals(new Size(3, 30, 12), new Size(1, 10, 5).plus(new Size(2, 20, 7)));
  }
}
