package org.hippocamel.embedded.tei.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hippocamel.embedded.tei.onnx.ModelResources;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenizationTest {
  private static Tokenization tokenization;

  @BeforeAll
  static void load() throws Exception {
    try (var json = ModelResources.tokenizer()) {
      tokenization = new Tokenization(json, 512);
    }
  }

  @AfterAll
  static void close() {
    tokenization.close();
  }

  @Test
  void encode_addsSpecialTokens() {
    assertArrayEquals(new long[] {101, 7592, 2088, 102}, encode("Hello world", Truncation.NONE));
  }

  @Test
  void encode_cutsHugeTextsLikeShortOnes() {
    String numbers =
        IntStream.range(0, 300_000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    String first = numbers.substring(0, 4_000);
    String last = numbers.substring(numbers.length() - 4_000);
    assertArrayEquals(encode(first, Truncation.RIGHT), encode(numbers, Truncation.RIGHT));
    assertArrayEquals(encode(last, Truncation.LEFT), encode(numbers, Truncation.LEFT));
  }

  @Test
  void encode_looksBeyondALongGap() {
    String gap = "start" + " ".repeat(100_000) + "end";
    assertArrayEquals(encode("start end", Truncation.RIGHT), encode(gap, Truncation.RIGHT));
    assertArrayEquals(encode("start end", Truncation.LEFT), encode(gap, Truncation.LEFT));
  }

  @Test
  void encode_leavesIdsWithoutSpecialTokens() {
    EncodingInput ids = new EncodingInput.Ids(new long[] {7592, 2088});
    assertArrayEquals(new long[] {7592, 2088}, tokenization.encode(ids, Truncation.RIGHT).ids());
  }

  @Test
  void encode_refusesIdsThatAreNoTokens() {
    EncodingInput ids = new EncodingInput.Ids(new long[] {4_000_000_000L});
    TeiException told =
        assertThrows(TeiException.class, () -> tokenization.encode(ids, Truncation.RIGHT));
    assertEquals(ErrorType.EMPTY, told.type());
  }

  @Test
  void tokenize_countsBytes() {
    List<Token> tokens = tokenization.tokenize(new EncodingInput.Text("né 中 😀x"), false);
    assertEquals(new Token(tokens.get(0).id(), "né", false, 0, 3), tokens.get(0));
    assertEquals(new Token(tokens.get(1).id(), "中", false, 4, 7), tokens.get(1));
    assertEquals(new Token(100, "😀x", false, 8, 13), tokens.get(2));
  }

  private static long[] encode(String text, Truncation truncation) {
    return tokenization.encode(new EncodingInput.Text(text), truncation).ids();
  }
}
