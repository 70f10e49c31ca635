package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBoundsTest {

  @ParameterizedTest
  @CsvSource({"'', 0", "' \t\n ', 0", "one, 1", "two words, 2", "' a\tb\nc\rd  e ', 5", "a-b_c, 1"})
  void least_isTheWords(String text, int words) {
    assertEquals(words, TokenBounds.least(text));
  }

  /** A tokenizer may drop these altogether, or join them with what is beside them. */
  @ParameterizedTest
  @ValueSource(strings = {"- — …", "\u200b \u0000 \ufffd", "中文 字", "é ü", "a\u00a0b"})
  void least_countsOnlyWordsThatEveryTokenizerSees(String text) {
    assertTrue(TokenBounds.least(text) <= (text.startsWith("a") ? 1 : 0), text);
  }

  @ParameterizedTest
  @CsvSource({"10, true", "11, false", "200, false"})
  void fits_countsCharactersOfPlainAscii(int chars, boolean fits) {
    // One token may be a blank that some tokenizers put before the text.
    assertEquals(fits, TokenBounds.fits("x".repeat(chars), 11));
  }

  @Test
  void fits_countsBytesOfTheLongestFormATokenizerMayMakeOfIt() {
    assertTrue(TokenBounds.fits("é", 4));
    assertEquals(false, TokenBounds.fits("é", 3)); // e and an accent of two bytes
    assertTrue(TokenBounds.fits("中文", 7));
    assertEquals(false, TokenBounds.fits("中文", 6));
    assertEquals(false, TokenBounds.fits("\ufdfa", 33)); // one character that stands for eighteen
    assertTrue(TokenBounds.fits("\ufdfa", 34));
    assertTrue(TokenBounds.fits("\ud83d\ude00", 5));
    assertEquals(false, TokenBounds.fits("\ud83d\ude00", 4));
  }

  /** A tokenizer that falls back to bytes makes one token of each, in whatever form it reads. */
  @Test
  void fits_isNeverWrong_forAnyCharacterInAnyForm() {
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.isSurrogate((char) c) && c <= 0xffff || !Character.isDefined(c)) {
        continue;
      }
      String text = "a" + Character.toString(c);
      for (Normalizer.Form form : Normalizer.Form.values()) {
        String normal = Normalizer.normalize(text, form);
        for (String read : new String[] {text, normal, normal.toLowerCase(Locale.ROOT)}) {
          int tokens = 1 + read.getBytes(StandardCharsets.UTF_8).length;
          assertEquals(false, TokenBounds.fits(text, tokens - 1), Integer.toHexString(c));
        }
      }
    }
  }
}
