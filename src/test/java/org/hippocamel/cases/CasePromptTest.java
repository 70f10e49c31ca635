package org.hippocamel.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.hippocamel.embedding.Tokens;
import org.junit.jupiter.api.Test;

class CasePromptTest {
  private final CasePrompt prompt = new CasePrompt(1_000);

  @Test
  void block_numbersStepsOfWhatWorked_andWarnsOfWhatDidNot() {
    CaseReply reply =
        reply(
            List.of(
                example("a", "Refund is late", "Check it", List.of("Open claim", "Pay"), null),
                example("b", "Refund is lost", "Call the bank", List.of(), null)),
            List.of(example("c", "Refund is gone", "Wait", List.of(), "The customer left.")));
    CasePrompt.Block block = block(reply, null);
    assertEquals(
        """
        Cases like this one that were solved:

        Case 1: Refund is late
        Steps:
        1. Open claim
        2. Pay

        Case 2: Refund is lost
        Solution: Call the bank

        What was tried at cases like this one and failed:

        Warning: Refund is gone
        Tried: Wait
        It failed: The customer left.

        Follow what worked where it fits the present case; do not repeat what failed.
        """,
        block.text());
    assertEquals(List.of("acme:a", "acme:b", "acme:c"), block.cases());
    assertEquals(0, block.left());
  }

  @Test
  void block_staysWithinTheBudget_andLeavesOutWholeCases() {
    CaseReply reply =
        reply(
            List.of(
                example("a", "p", "s", List.of(), null),
                example("long", "p", "s ".repeat(200), List.of(), null),
                example("b", "p", "s", List.of(), null)),
            List.of());
    CasePrompt.Block whole = block(reply, 10_000);
    CasePrompt.Block cut = block(reply, whole.tokens() - 100);
    assertEquals(List.of("acme:a", "acme:b"), cut.cases());
    assertEquals(1, cut.left());
    assertTrue(cut.tokens() < whole.tokens() - 200);
  }

  @Test
  void block_isEmptyWhereNothingFits() {
    CaseReply reply = reply(List.of(example("a", "p", "s", List.of(), null)), List.of());
    assertEquals(new CasePrompt.Block("", 0, List.of(), 1), block(reply, 3));
    assertEquals(
        new CasePrompt.Block("", 0, List.of(), 0), block(reply(List.of(), List.of()), 100));
  }

  private CasePrompt.Block block(CaseReply reply, Integer budget) {
    List<String> pieces = prompt.pieces(reply);
    List<Tokens> tokens = pieces.stream().map(CasePromptTest::words).toList();
    return prompt.block(reply, new PromptRequest(reply.search(), budget), pieces, tokens);
  }

  private static Tokens words(String piece) {
    int count = piece.strip().split("\\s+").length;
    return Tokens.ending(IntStream.rangeClosed(1, count).toArray());
  }

  private static CaseReply reply(List<Example> positives, List<Example> negatives) {
    return new CaseReply(
        TestBank.search(3, 3),
        new Arm(Ranking.VALUE, Arm.Group.CHOSEN),
        positives,
        negatives,
        "m-3",
        false);
  }

  private static Example example(
      String id, String problem, String solution, List<String> steps, String note) {
    Document solved = new Document("solution", solution);
    solved.append("steps", steps.stream().map(step -> new Document("text", step)).toList());
    if (note != null) {
      solved.append("note", note);
    }
    Document row = new Document("_id", "acme:" + id).append("text", problem).append("case", solved);
    return new Example(row, 1, 8, 0.5, 0.5, 1);
  }
}
