package org.hippocamel.batching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {
  private final ExecutorService answers =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "answer"));

  @AfterEach
  void stop() {
    answers.shutdownNow();
  }

  @Test
  void ticket_isAsLargeAsItsQuestion() {
    Ticket<String, Integer> ticket = gate(Duration.ofSeconds(60)).ticket("four");
    assertEquals(4, ticket.items());
    assertEquals(40, ticket.bytes());
  }

  @Test
  void keep_givesEachCallerItsOwnAnswer_inTheAnswersThread() {
    Gate<String, Integer> gate = gate(Duration.ofSeconds(60));
    Ticket<String, Integer> first = gate.ticket("a");
    Ticket<String, Integer> second = gate.ticket("b");
    CompletableFuture<String> thread =
        gate.answer(first).thenApply(answer -> Thread.currentThread().getName());
    CompletableFuture<Integer> answer = gate.answer(second);
    Batch<String, Integer> batch = TestBatches.of(first, second);
    assertEquals(List.of("a", "b"), batch.questions());
    assertFalse(answer.isDone());
    gate.keep(batch, List.of(1, 2));
    assertEquals("answer", thread.join());
    assertEquals(2, answer.join());
  }

  @Test
  void keep_refusesAnswersThatAreNotOneForEach() {
    Gate<String, Integer> gate = gate(Duration.ofSeconds(60));
    Batch<String, Integer> batch = TestBatches.of(gate.ticket("a"), gate.ticket("b"));
    assertThrows(IllegalArgumentException.class, () -> gate.keep(batch, List.of(1)));
  }

  @Test
  void refuse_tellsThoseWhoHaveNoAnswerYet() {
    Gate<String, Integer> gate = gate(Duration.ofSeconds(60));
    Ticket<String, Integer> answered = gate.ticket("a");
    Ticket<String, Integer> waiting = gate.ticket("b");
    answered.answer().complete(7);
    gate.refuse(TestBatches.of(answered, waiting), new Problem(ProblemKind.UNAVAILABLE, "away"));
    assertEquals(7, gate.answer(answered).join());
    assertEquals("away", problem(gate.answer(waiting)).getMessage());
  }

  @Test
  void refuse_hidesWhatNobodyKnows() {
    Gate<String, Integer> gate = gate(Duration.ofSeconds(60));
    Ticket<String, Integer> ticket = gate.ticket("a");
    gate.refuse(TestBatches.of(ticket), new IllegalStateException("secret"));
    Problem problem = problem(gate.answer(ticket));
    assertEquals(ProblemKind.UNEXPECTED, problem.kind());
    assertFalse(problem.getMessage().contains("secret"));
  }

  @Test
  void answer_endsAtTheDeadline() {
    Problem problem = problem(gate(Duration.ofMillis(1)).answer(ticketOf("nobody calls")));
    assertEquals(ProblemKind.TIMEOUT, problem.kind());
    assertEquals("too late", problem.getMessage());
  }

  @Test
  void batch_takesWhatFitsUnderBothBounds() {
    Batch<String, Integer> batch = TestBatches.of(ticketOf("four"));
    assertTrue(batch.takes(ticketOf("four"), new Bounds(8, 80)));
    assertFalse(batch.takes(ticketOf("four"), new Bounds(7, 80)));
    assertFalse(batch.takes(ticketOf("four"), new Bounds(8, 79)));
  }

  private Ticket<String, Integer> ticketOf(String question) {
    return gate(Duration.ofSeconds(60)).ticket(question);
  }

  private Gate<String, Integer> gate(Duration deadline) {
    return new Gate<>(String::length, text -> 10L * text.length(), deadline, "too late", answers);
  }

  private static Problem problem(CompletableFuture<?> answer) {
    CompletionException thrown = assertThrows(CompletionException.class, answer::join);
    return assertInstanceOf(Problem.class, thrown.getCause());
  }
}
