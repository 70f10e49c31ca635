package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class BodyTest {
  @Test
  void parse_readsUnicodeAndSkipsByteOrderMark() {
    assertEquals("é😀", Body.parse(bytes("\uFEFF{\"a\":\"é😀\"}")).get("a").textValue());
  }

  @Test
  void parse_refusesEmptyBody() {
    assertEquals("the body is empty; send JSON", refusal(""));
    assertEquals("the body is empty; send JSON", refusal(" \n"));
    assertEquals(
        "the body is empty; send JSON",
        assertThrows(Problem.class, () -> Body.parse((byte[]) null)).getMessage());
  }

  @Test
  void parse_namesLineAndColumn() {
    assertEquals(
        "the body is not JSON at line 2, column 6: Unexpected character ('}' (code 125)):"
            + " expected a valid value",
        refusal("{\n\"a\": }"));
  }

  @Test
  void parse_saysThatTheBodyEndsEarly() {
    assertEquals(
        "the body is not JSON at line 1, column 8: it ends too early", refusal("{\"a\":[1"));
  }

  @Test
  void parse_refusesFieldThatStandsTwice() {
    assertEquals(
        "the body is not JSON at line 1, column 11: Duplicate field 'a'",
        refusal("{\"a\":1,\"a\":2}"));
  }

  @Test
  void parse_refusesSecondValue() {
    assertTrue(refusal("{} {}").startsWith("the body is not JSON at line 1, column 4: "));
    assertTrue(refusal("{} x").startsWith("the body is not JSON at line 1"));
  }

  @Test
  void parse_refusesDepthBeyond32() {
    Body.parse(bytes("[".repeat(32) + "]".repeat(32)));
    assertTrue(refusal("[".repeat(33) + "]".repeat(33)).endsWith(": it is nested deeper than 32"));
    assertTrue(refusal("[".repeat(1_000_000)).endsWith(": it is nested deeper than 32"));
  }

  @Test
  void parse_refusesNumberOf101Digits() {
    assertTrue(refusal("[" + "9".repeat(101) + "]").contains("Number value length (101)"));
  }

  @Test
  void parse_refusesNameOfAThousandAndOne() {
    assertTrue(refusal("{\"" + "n".repeat(1_001) + "\":1}").contains("Name length (1001)"));
  }

  @Test
  void parse_refusesOtherEncodings() {
    Problem latin =
        assertThrows(
            Problem.class, () -> Body.parse("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals("the body is not UTF-8", latin.getMessage());
    assertThrows(Problem.class, () -> Body.parse("{\"a\":1}".getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void parse_neverEchoesMuchOfTheInput() {
    for (String body :
        new String[] {
          "secret".repeat(1_000), "{\"a\": " + "x".repeat(5_000), "{'" + "y".repeat(5_000), "\u0001"
        }) {
      assertTrue(refusal(body).length() < 220, body);
    }
  }

  private static String refusal(String body) {
    Problem problem = assertThrows(Problem.class, () -> Body.parse(bytes(body)));
    assertEquals(ProblemKind.MALFORMED, problem.kind());
    return problem.getMessage();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
