package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR_042",
        "OrderService.pay",
        "com.acme.Foo#bar",
        "/etc/app.conf",
        "v1.2.3",
        "1.2.3",
        "10.0.0.17",
        "JIRA-42",
        "IL-6",
        "user_id",
        "getUser",
        "std::vector",
        "src/main/App.java",
        "C:\\temp\\log",
        "user@example.com",
        "--max-heap",
        "-Xmx256m",
        "48211",
        "550e8400-e29b-41d4-a716-446655440000",
        "p53",
        "größe_max"
      })
  void names_areFoundAlone_inASentence_andBesidePunctuation(String name) {
    assertEquals(List.of(name), Identifiers.in(name));
    assertEquals(List.of(name), Identifiers.in("why does " + name + " fail?"));
    assertEquals(List.of(name), Identifiers.in("(" + name + "), please."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "When is money paid back?",
        "e.g. a self-made and/or used one, i.e. at 10:30 a.m. on 2026-01-31",
        "The U.S. budget of 2020 was 3.5 percent, or 1,000 more.",
        "read/write",
        "Wie groß ist die Überweisung?",
        "東京都の天気",
        "שלום עולם",
        "- one - two -- three"
      })
  void words_areNone(String question) {
    assertEquals(List.of(), Identifiers.in(question));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          foo() throws at com.acme.Foo#bar(Foo.java:42) | com.acme.Foo#bar Foo.java:42
          ERR_042 and ERR_043, ERR_042                  | ERR_042 ERR_043
          see https://acme.example/orders/17?x=1        | https://acme.example/orders/17
          """)
  void names_standInTheirOrder_eachOnce(String question, String found) {
    List<String> expected = List.of(found.split(" "));
    assertEquals(expected, Identifiers.in(question).subList(0, expected.size()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ERR_042", "OrderService.pay", "/etc/app.conf", "v1.2.3", "a->b", "--max"})
  void spelling_leavesNoDoubt(String name) {
    assertTrue(Identifiers.spelled(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"IL-6", "p53", "JIRA-42", "listUsers", "48211"})
  void spelling_isThatOfNames(String name) {
    assertFalse(Identifiers.spelled(name));
  }

  @Test
  void names_areNoMoreThanAQuestionHas() {
    String code = IntStream.range(0, 500).mapToObj(i -> "x_" + i).collect(Collectors.joining(" "));
    assertEquals(Identifiers.MOST, Identifiers.in(code).size());
    assertEquals(List.of(), Identifiers.in("a_".repeat(5_000)));
  }
}
