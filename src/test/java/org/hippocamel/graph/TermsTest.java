package org.hippocamel.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TermsTest {
  private static List<String> found(String text, String... lines) {
    return new Entities(Terms.of(List.of(lines)), 24).of(text);
  }

  @Test
  void terms_areFoundWhereverTheyStand() {
    assertEquals(
        List.of("payment gateway", "gateway"),
        found("the payment\n  Gateway; a GATEWAY, gateways", "payment gateway", "gateway"));
    assertEquals(List.of("go"), found("let it go", "Go"));
    assertEquals(List.of("c++"), found("in C++ only", "C++"));
  }

  @Test
  void terms_endWhereWordsEnd_exceptInScriptsWithoutBlanks() {
    assertEquals(List.of(), found("paymentsystem and repayment", "payment"));
    assertEquals(List.of("订单"), found("关于订单的问题", "订单"));
  }

  @Test
  void longestTerm_wins() {
    assertEquals(
        List.of("order service api"),
        found("the order service api", "order", "order service", "order service api"));
  }

  @Test
  void minus_saysWhatIsNone() {
    assertEquals(List.of("maria"), found("when Maria met Bakery and E1042", "-bakery", "-e1042"));
  }

  @Test
  void file_hasATermALine(@TempDir Path folder) throws IOException {
    Path file =
        Files.write(
            folder.resolve("terms.txt"), List.of("# ours", "", "  Retry Budget ", "-maria"));
    assertEquals(
        List.of("retry budget"), new Entities(Terms.read(file), 24).of("retry budget of Maria"));
    Path absent = folder.resolve("absent.txt");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Terms.read(absent));
    assertTrue(refused.getMessage().startsWith("graph.terms-file " + absent), refused.getMessage());
  }
}
