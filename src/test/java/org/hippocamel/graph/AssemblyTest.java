package org.hippocamel.graph;

import static org.hippocamel.graph.TestContexts.candidate;
import static org.hippocamel.graph.TestContexts.request;
import static org.hippocamel.graph.TestContexts.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.hippocamel.embedding.Tokens;
import org.hippocamel.graph.ContextRequest.Walk;
import org.junit.jupiter.api.Test;

class AssemblyTest {
  private final Assembly assembly = new Assembly();

  private static ContextRequest budget(int tokens) {
    return request(5, tokens, Walk.NONE, null);
  }

  /** One token for each word between blanks. */
  private static Tokens words(String text) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= text.length(); i++) {
      boolean after = i == text.length() || Character.isWhitespace(text.charAt(i));
      if (after && !Character.isWhitespace(text.charAt(i - 1))) {
        ends.add(i);
      }
    }
    return Tokens.ending(ends.stream().mapToInt(end -> end).toArray());
  }

  private Cited cited(int budget, Candidate... chosen) {
    List<Citation> citations = assembly.citations(budget(budget), List.of(chosen));
    List<Tokens> tokens = assembly.blocks(citations).stream().map(AssemblyTest::words).toList();
    return assembly.counted(budget(budget), List.of(chosen), citations, tokens);
  }

  private static List<String> blocks(Cited cited) {
    return cited.citations().stream().map(Citation::block).toList();
  }

  @Test
  void citations_sayWhereAMemoryComesFrom() {
    Document passage =
        row("t:p", "Set it.")
            .append("kind", "passage")
            .append(
                "source",
                new Document("uri", "a.md")
                    .append("title", "Guide")
                    .append("heading", "Guide > Ports"));
    Document untitled = row("t:q", "Row.").append("source", new Document("uri", "b.csv"));
    Document said =
        row("t:i", "Hello.")
            .append("agent_id", "bot")
            .append("occurred_at", Date.from(Instant.parse("2026-01-31T12:00:00Z")));
    assertEquals(
        List.of(
            "[1] Guide > Ports (a.md)\nSet it.",
            "[2] b.csv\nRow.",
            "[3] interaction of bot, 2026-01-31\nHello."),
        blocks(cited(100, candidate(passage), candidate(untitled), candidate(said))));
  }

  @Test
  void everything_fitsARoomyBudget() {
    Cited cited = cited(100, candidate(row("t:a", "one two")), candidate(row("t:b", "three")));
    assertEquals(2, cited.citations().size());
    assertEquals(0, cited.dropped());
    assertTrue(cited.counted());
    // [1] interaction one two; the blank line counts two; [2] interaction three
    assertEquals(4 + 2 + 3, cited.tokens());
  }

  @Test
  void atTheEdge_aTextEndsBehindASentence() {
    String text = "A a a a a a a a a a. B b b b b b b b b b. C c c c c c c c c c.";
    Cited cited = cited(34, candidate(row("t:a", "one two three")), candidate(row("t:b", text)));
    assertEquals(2, cited.citations().size());
    Citation last = cited.citations().get(1);
    assertEquals("A a a a a a a a a a. B b b b b b b b b b.", last.text());
    assertTrue(last.cut());
    assertEquals(2 + 2 + 20, last.tokens());
    assertTrue(cited.tokens() <= 34);
  }

  @Test
  void atTheEdge_aTextWithoutSentences_endsBehindAWord() {
    Cited cited = cited(32, candidate(row("t:a", "word ".repeat(100))));
    assertEquals("word ".repeat(30).strip(), cited.citations().get(0).text());
    assertEquals(32, cited.tokens());
  }

  /** What comes behind the edge is dropped, though it might fit: the order is that of worth. */
  @Test
  void behindTheEdge_nothingComes() {
    Cited cited =
        cited(
            32,
            candidate(row("t:a", "word ".repeat(20))),
            candidate(row("t:b", "word ".repeat(100))),
            candidate(row("t:c", "short")));
    assertEquals(1, cited.citations().size());
    assertEquals(2, cited.dropped());
  }

  @Test
  void whatCannotFit_isNotCounted() {
    List<Candidate> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(candidate(row("t:" + i, "word ".repeat(40))));
    }
    assertEquals(3, assembly.citations(budget(100), many).size());
  }

  @Test
  void estimate_isSaidAndIsRatherTooHigh() {
    List<Candidate> chosen = List.of(candidate(row("t:a", "Restart the export, please.")));
    List<Citation> citations = assembly.citations(budget(100), chosen);
    Cited cited = assembly.estimated(budget(100), chosen, citations);
    assertFalse(cited.counted());
    assertEquals(
        TokenEstimate.of("[1] interaction\nRestart the export, please.").count(), cited.tokens());
  }

  @Test
  void estimate_countsThreeLettersOrOneSign() {
    assertEquals(5, TokenEstimate.of("export, it 12").count());
    assertEquals(4, TokenEstimate.of("订单服务").count());
    assertEquals(0, TokenEstimate.of(" \n").count());
  }

  @Test
  void sameMemories_giveTheSameText() {
    Candidate[] chosen = {
      candidate(row("t:a", "x ".repeat(30))), candidate(row("t:b", "y ".repeat(30)))
    };
    assertEquals(blocks(cited(60, chosen)), blocks(cited(60, chosen)));
  }
}
