package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TokensTest {

  @Test
  void ofUtf8Ends_countsCharsNotBytes() {
    String text = "aé語😀z";
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    assertArrayEquals(
        new int[] {1, 2, 3, 5, 6}, Tokens.ofUtf8Ends(text, 1, 3, 6, 10, bytes).ends());
  }

  @Test
  void ofUtf8Ends_neverEndsInsideACharacter() {
    assertArrayEquals(new int[] {2, 2, 2}, Tokens.ofUtf8Ends("😀", 2, 3, 4).ends());
    assertEquals(3, Tokens.ofUtf8Ends("😀", 2, 3, 4).count());
  }

  @Test
  void ofUtf8Ends_staysWithinTheText() {
    assertArrayEquals(new int[] {2, 2}, Tokens.ofUtf8Ends("ab", 2, 99).ends());
  }

  @Test
  void tokens_refusesEndsThatDecreaseOrAreMissing() {
    assertThrows(IllegalArgumentException.class, () -> Tokens.ending(3, 2));
    assertThrows(IllegalArgumentException.class, () -> new Tokens(2, new int[] {1}));
  }
}
