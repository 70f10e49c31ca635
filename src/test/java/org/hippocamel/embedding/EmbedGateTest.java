package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class EmbedGateTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void ask_cutsByTexts() {
    assertEquals(
        List.of(List.of("a", "b"), List.of("c", "d"), List.of("e")),
        cut(gate(2, 1_000, LONG), "a", "b", "c", "d", "e"));
  }

  @Test
  void ask_cutsByChars() {
    assertEquals(
        List.of(List.of("aaaa", "bbbb", "cc"), List.of("d")),
        cut(gate(9, 10, LONG), "aaaa", "bbbb", "cc", "d"));
  }

  @Test
  void ask_leavesATextAloneThatIsLongerThanACall() {
    assertEquals(
        List.of(List.of("a"), List.of("x".repeat(11)), List.of("b")),
        cut(gate(9, 10, LONG), "a", "x".repeat(11), "b"));
  }

  @Test
  void ask_makesNoTicketOfNothing() throws Exception {
    EmbedGate gate = gate(9, 10, LONG);
    Asked asked = gate.ask(new EmbedRequest(List.of(), Lane.QUERY));
    assertEquals(List.of(), asked.tickets());
    assertEquals(List.of(), gate.answer(asked).get(1, TimeUnit.SECONDS));
  }

  @Test
  void ask_marksEveryTicketWithTheLane() {
    Asked asked = gate(1, 10, LONG).ask(new EmbedRequest(List.of("a", "b"), Lane.INGEST));
    assertEquals(
        List.of(Lane.INGEST, Lane.INGEST), asked.tickets().stream().map(Ticket::lane).toList());
  }

  @Test
  void ask_cutsWithoutLoss_whateverTheTexts() {
    Random random = new Random(42);
    for (int round = 0; round < 500; round++) {
      int texts = 1 + random.nextInt(8);
      int chars = 1 + random.nextInt(40);
      List<String> all =
          IntStream.range(0, random.nextInt(40))
              .mapToObj(i -> "x".repeat(1 + random.nextInt(30)))
              .toList();
      List<List<String>> cut = cut(gate(texts, chars, LONG), all.toArray(String[]::new));
      assertEquals(all, cut.stream().flatMap(List::stream).toList());
      for (List<String> ticket : cut) {
        int length = ticket.stream().mapToInt(String::length).sum();
        assertTrue(ticket.size() <= texts && (length <= chars || ticket.size() == 1));
      }
    }
  }

  @Test
  void answer_keepsTheOrderOfTheTexts_whicheverTicketIsAnsweredFirst() throws Exception {
    EmbedGate gate = gate(2, 1_000, LONG);
    Asked asked = gate.ask(new EmbedRequest(List.of("0", "1", "2", "3", "4"), Lane.QUERY));
    CompletableFuture<List<Embedding>> answer = gate.answer(asked);
    for (int ticket : new int[] {2, 0, 1}) {
      assertFalse(answer.isDone());
      answer(asked.tickets().get(ticket));
    }
    assertEquals(
        List.of(0f, 1f, 2f, 3f, 4f),
        answer.get(1, TimeUnit.SECONDS).stream().map(one -> one.vector()[0]).toList());
  }

  @Test
  void answer_holdsARefusalAtItsPlace() throws Exception {
    EmbedGate gate = gate(1, 1_000, LONG);
    Asked asked = gate.ask(new EmbedRequest(List.of("0", "1"), Lane.QUERY));
    Problem bad = new Problem(ProblemKind.EMBEDDER_FAILED, "answered 422");
    asked.tickets().get(0).embeddings().complete(List.of(Embedding.refused(bad)));
    answer(asked.tickets().get(1));
    List<Embedding> answered = gate.answer(asked).get(1, TimeUnit.SECONDS);
    assertSame(bad, assertThrows(Problem.class, answered.get(0)::orThrow));
    assertEquals(1f, answered.get(1).orThrow()[0]);
  }

  @Test
  void answer_isATimeoutAfterTheDeadline() {
    EmbedGate gate = gate(1, 1_000, Duration.ofMillis(1));
    Asked asked = gate.ask(new EmbedRequest(List.of("0", "1"), Lane.QUERY));
    answer(asked.tickets().get(0));
    ExecutionException late =
        assertThrows(ExecutionException.class, () -> gate.answer(asked).get(10, TimeUnit.SECONDS));
    Problem problem = assertInstanceOf(Problem.class, late.getCause());
    assertEquals(ProblemKind.TIMEOUT, problem.kind());
    assertEquals("no vector within 1 ms (embed.deadline-millis)", problem.getMessage());
  }

  @Test
  void answer_goesOnWhereItWasToldTo() {
    Queue<Runnable> answers = new ArrayDeque<>();
    EmbedGate gate = new EmbedGate(EmbedSettings.limits(9, 10), LONG, answers::add);
    Asked asked = gate.ask(new EmbedRequest(List.of("0"), Lane.QUERY));
    CompletableFuture<List<Embedding>> answer = gate.answer(asked);
    answer(asked.tickets().get(0));
    assertFalse(answer.isDone());
    answers.remove().run();
    assertTrue(answer.isDone());
  }

  /** Each text is a number, its vector holds that number. */
  private static void answer(Ticket ticket) {
    List<Embedding> embeddings = new ArrayList<>();
    ticket.texts().forEach(t -> embeddings.add(Embedding.of(new float[] {Float.parseFloat(t)}, 1)));
    ticket.embeddings().complete(embeddings);
  }

  private static List<List<String>> cut(EmbedGate gate, String... texts) {
    Asked asked = gate.ask(new EmbedRequest(Arrays.asList(texts), Lane.QUERY));
    return asked.tickets().stream().map(Ticket::texts).toList();
  }

  private static EmbedGate gate(int texts, int chars, Duration deadline) {
    return new EmbedGate(EmbedSettings.limits(texts, chars), deadline, Runnable::run);
  }
}
