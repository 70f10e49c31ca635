package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizeCallTest {
  private final TokenizeCall call =
      new TokenizeCall(EmbedSettings.limits(2, 1_000), Duration.ofSeconds(1));

  @Test
  void portions_holdWhatACallMayHold() {
    assertEquals(
        List.of(List.of("a", "b"), List.of("c", "d"), List.of("e")),
        call.portions(List.of("a", "b", "c", "d", "e")));
    assertEquals(List.of(), call.portions(List.of()));
  }

  @Test
  void request_leavesSpecialTokensOut() {
    assertEquals(
        "{\"inputs\":[\"a \\\"b\\\"\",\"é\"],\"add_special_tokens\":false}",
        new String(call.request(List.of("a \"b\"", "é")), StandardCharsets.UTF_8));
  }

  @Test
  void tokens_turnsBytesIntoChars() {
    // a is 1 byte, é 2, € 3, 😀 4 bytes and 2 chars
    String text = "aé€😀!";
    assertArrayEquals(
        new int[] {1, 2, 3, 5, 6}, tokens(List.of(text), answer(1, 3, 6, 10, 11)).get(0).ends());
  }

  @Test
  void tokens_neverEndInsideACharacter() {
    assertArrayEquals(new int[] {2, 2, 3}, tokens(List.of("😀b"), answer(2, 4, 5)).get(0).ends());
  }

  @Test
  void tokens_standInTheOrderOfTheTexts() {
    List<Tokens> tokens = tokens(List.of("ab", "", "c"), "[" + list(1, 2) + ",[]," + list(1) + "]");
    assertEquals(List.of(2, 0, 1), tokens.stream().map(Tokens::count).toList());
  }

  @Test
  void tokens_readMoreThanTheFirstFew() {
    String text = "x".repeat(100);
    int[] ends = IntStream.rangeClosed(1, 100).toArray();
    assertArrayEquals(ends, tokens(List.of(text), answer(ends)).get(0).ends());
  }

  @Test
  void tokens_withoutAnEnd_endWhereTheOneBeforeDoes() {
    String answer =
        "[[{\"id\":1,\"stop\":2},{\"id\":102,\"special\":true,\"start\":null,\"stop\":null}]]";
    assertArrayEquals(new int[] {2, 2}, tokens(List.of("ab"), answer).get(0).ends());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "[[],[]]", "[1]"})
  void tokens_refuseAnAnswerThatHasNotOneListForEachText(String answer) {
    assertEquals(
        "the answer of /tokenize has not one list for each text", refused(List.of("a"), answer));
  }

  @Test
  void tokens_refuseWhatIsNotJson() {
    assertEquals("the answer of /tokenize is not JSON", refused(List.of("a"), "[[{"));
  }

  private String refused(List<String> texts, String answer) {
    Problem problem = assertThrows(Problem.class, () -> tokens(texts, answer));
    assertEquals(ProblemKind.EMBEDDER_FAILED, problem.kind());
    return problem.getMessage();
  }

  private List<Tokens> tokens(List<String> texts, String answer) {
    return call.tokens(texts, answer.getBytes(StandardCharsets.UTF_8));
  }

  private static String answer(int... stops) {
    return "[" + list(stops) + "]";
  }

  private static String list(int... stops) {
    return IntStream.of(stops)
        .mapToObj(s -> "{\"id\":7,\"text\":\"t\",\"special\":false,\"start\":0,\"stop\":" + s + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
