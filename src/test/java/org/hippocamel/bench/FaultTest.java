package org.hippocamel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
  private static final List<String> ANY = List.of("any");

  @Test
  void parse_readsTimes() {
    Fault fault = Fault.parse("10s..20s overloaded");
    assertEquals(Effect.OVERLOADED, fault.effect());
    assertFalse(fault.strikes(Duration.ofMillis(9_999), 1, ANY));
    assertTrue(fault.strikes(Duration.ofSeconds(10), 1, ANY));
    assertFalse(fault.strikes(Duration.ofSeconds(20), 1, ANY), "the end is excluded");
  }

  @Test
  void parse_readsTimesWithoutEnd() {
    Fault fault = Fault.parse("500ms.. drop");
    assertFalse(fault.strikes(Duration.ofMillis(499), 1, ANY));
    assertTrue(fault.strikes(Duration.ofDays(1), 1, ANY));
  }

  @ParameterizedTest
  @CsvSource({"calls 2 reset,2,2", "calls 2..4 reset,2,4", "calls 2.. reset,2,2147483647"})
  void parse_readsCalls(String line, int first, int last) {
    Fault fault = Fault.parse(line);
    assertEquals(first, fault.fromCall());
    assertEquals(last, fault.toCall());
    assertFalse(fault.strikes(Duration.ZERO, 1, ANY));
    assertTrue(fault.strikes(Duration.ZERO, 2, ANY));
  }

  @Test
  void parse_readsTexts() {
    Fault fault = Fault.parse("text \"two words\" null");
    assertTrue(fault.strikes(Duration.ZERO, 1, List.of("one", "it has two words")));
    assertFalse(fault.strikes(Duration.ZERO, 1, List.of("two", "words")));
  }

  @Test
  void parse_readsConditionsTogetherAndAComment() {
    Fault fault = Fault.parse("  1m..2m calls 3.. text \"x\" slow 200ms  # a slow one");
    assertEquals(Effect.SLOW, fault.effect());
    assertEquals(200, fault.amount());
    assertTrue(fault.strikes(Duration.ofSeconds(60), 3, List.of("x")));
    assertFalse(fault.strikes(Duration.ofSeconds(60), 2, List.of("x")));
    assertFalse(fault.strikes(Duration.ofSeconds(60), 3, List.of("y")));
  }

  @ParameterizedTest
  @EnumSource(Effect.class)
  void parse_readsEveryEffect(Effect effect) {
    String argument =
        switch (effect.argument()) {
          case NONE -> "";
          case NUMBER -> " 17";
          case WORD -> " org/other";
          case DURATION -> " 3s";
        };
    String word = Effect.words().split(", ")[effect.ordinal()].split(" ")[0];
    Fault fault = Fault.parse("1s..2s " + word + argument);
    assertEquals(effect, fault.effect());
    assertEquals(argument.strip(), shown(fault));
  }

  private static String shown(Fault fault) {
    return switch (fault.effect().argument()) {
      case NONE -> "";
      case NUMBER -> "" + fault.amount();
      case WORD -> fault.word();
      case DURATION -> fault.amount() / 1_000 + "s";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          ''                       | found the end of the line, expected a time, calls, text, always
          sometimes reset          | found sometimes, expected an effect: overloaded, unavailable
          10s..20 reset            | found 10s..20, expected an effect
          calls x reset            | found x, expected calls such as 5, 1..3 or 10..
          calls 3..2 reset         | expected an end that comes after the beginning
          20s..10s reset           | expected an end that comes after the beginning
          text poison null         | found poison, expected a part of a text in quotation marks
          always                   | found the end of the line, expected an effect
          always slow              | found the end of the line, expected a time such as 200ms
          always slow fast         | found fast, expected a time such as 200ms, 10s or 2m
          always dimension wide    | found wide, expected a number
          always reset now         | found now, expected nothing more
          always away              | expected away with two times and without calls
          """)
  void parse_saysWhatIsWrong(String line, String message) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> Fault.parse(line));
    assertTrue(wrong.getMessage().startsWith("fault \"" + line + "\": "), wrong.getMessage());
    assertTrue(wrong.getMessage().contains(message), wrong.getMessage());
  }

  @Test
  void script_leavesOutEmptyLinesAndComments() {
    List<Fault> faults = Fault.script(List.of("# a storm", "", "0s..1s overloaded", " # end"));
    assertEquals(List.of(Effect.OVERLOADED), faults.stream().map(Fault::effect).toList());
  }
}
