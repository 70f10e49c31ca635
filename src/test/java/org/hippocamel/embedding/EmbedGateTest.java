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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.Embedding.Cut;
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
  void ask_cutsByBytes() {
    assertEquals(
        List.of(List.of("aaaa", "bbbb", "cc"), List.of("d")),
        cut(gate(9, 19, LONG), "aaaa", "bbbb", "cc", "d"));
  }

  @Test
  void ask_leavesATextAloneThatIsLongerThanACall() {
    assertEquals(
        List.of(List.of("a"), List.of("x".repeat(11)), List.of("b")),
        cut(gate(9, 13, LONG), "a", "x".repeat(11), "b"));
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
      int bytes = 1 + random.nextInt(60);
      List<String> all =
          IntStream.range(0, random.nextInt(40))
              .mapToObj(i -> i + "x".repeat(1 + random.nextInt(30)))
              .toList();
      List<List<String>> cut = cut(gate(texts, bytes, LONG), all.toArray(String[]::new));
      assertEquals(all, cut.stream().flatMap(List::stream).toList());
      for (List<String> ticket : cut) {
        int length = ticket.stream().mapToInt(text -> text.length() + 3).sum();
        assertTrue(ticket.size() <= texts && (length <= bytes || ticket.size() == 1));
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
    assertEquals("no vector within 1 ms (embed.query-deadline-millis)", problem.getMessage());
  }

  @Test
  void answer_refusesWhatIsMissing_whenPatienceIsAtItsEnd() throws Exception {
    EmbedGate gate = gate(9, 1_000, LONG);
    Asked known = gate.ask(new EmbedRequest(List.of("0"), Lane.QUERY));
    answer(known.tickets().get(0));
    gate.answer(known).get(1, TimeUnit.SECONDS);
    EmbedRequest request = new EmbedRequest(List.of("0", "1"), Lane.QUERY);
    Asked asked = gate.ask(request.within(Duration.ofMillis(1), "x.patience-millis"));
    List<Embedding> answered = gate.answer(asked).get(10, TimeUnit.SECONDS);
    assertEquals(0f, answered.get(0).orThrow()[0]);
    Problem late = answered.get(1).refusal();
    assertEquals(ProblemKind.TIMEOUT, late.kind());
    assertEquals("no vector within 1 ms (x.patience-millis)", late.getMessage());
    assertFalse(asked.tickets().get(0).awaited());
  }

  @Test
  void answer_refusesAtOnce_whereSomebodyWithPatienceAsksAndNobodyServes() throws Exception {
    EmbedGate gate =
        gate(EmbedSettings.embed(9, 10), EmbedSettings.replicas("http://tei"), Runnable::run);
    EmbedRequest request = new EmbedRequest(List.of("0"), Lane.QUERY);
    Asked asked = gate.ask(request.within(LONG, "x.patience-millis"));
    Problem away = gate.answer(asked).get(10, TimeUnit.SECONDS).get(0).refusal();
    assertEquals("the embedder at tei.url was not asked yet", away.getMessage());
  }

  @Test
  void answer_goesOnWhereItWasToldTo() {
    Queue<Runnable> answers = new ArrayDeque<>();
    EmbedGate gate = gate(EmbedSettings.embed(9, 10), EmbedSettings.serving(), answers::add);
    Asked asked = gate.ask(new EmbedRequest(List.of("0"), Lane.QUERY));
    CompletableFuture<List<Embedding>> answer = gate.answer(asked);
    answer(asked.tickets().get(0));
    assertFalse(answer.isDone());
    answers.remove().run();
    assertTrue(answer.isDone());
  }

  @Test
  void ask_takesATextOnce_andKnowsItTheNextTime() throws Exception {
    EmbedGate gate = gate(9, 1_000, LONG);
    Asked first = gate.ask(new EmbedRequest(List.of("1", "2", "1"), Lane.QUERY));
    assertEquals(List.of("1", "2"), first.tickets().get(0).texts());
    answer(first.tickets().get(0));
    assertEquals(List.of(1f, 2f, 1f), numbers(gate.answer(first)));
    Asked second = gate.ask(new EmbedRequest(List.of("2", "3", "1"), Lane.INGEST));
    assertEquals(List.of("3"), second.tickets().get(0).texts());
    answer(second.tickets().get(0));
    assertEquals(List.of(2f, 3f, 1f), numbers(gate.answer(second)));
  }

  @Test
  void ask_keepsNeitherRefusalsNorBulkTexts() throws Exception {
    EmbedGate gate = gate(9, 1_000, LONG);
    Asked bulk = gate.ask(new EmbedRequest(List.of("1"), Lane.INGEST));
    answer(bulk.tickets().get(0));
    gate.answer(bulk).get(1, TimeUnit.SECONDS);
    Asked asked = gate.ask(new EmbedRequest(List.of("1"), Lane.QUERY));
    Problem bad = new Problem(ProblemKind.EMBEDDER_FAILED, "answered 422");
    asked.tickets().get(0).embeddings().complete(List.of(Embedding.refused(bad)));
    gate.answer(asked).get(1, TimeUnit.SECONDS);
    assertEquals(1, gate.ask(new EmbedRequest(List.of("1"), Lane.QUERY)).tickets().size());
  }

  @Test
  void ask_marksTheTicketsOfMeasuredTexts() {
    EmbedGate gate = gate(1, 1_000, LONG);
    EmbedRequest measured = new EmbedRequest(List.of("1", "2"), Lane.INGEST, true);
    assertTrue(gate.ask(measured).tickets().stream().allMatch(Ticket::measured));
    EmbedRequest others = new EmbedRequest(List.of("1", "2"), Lane.INGEST);
    assertTrue(gate.ask(others).tickets().stream().noneMatch(Ticket::measured));
  }

  /** Else nobody would ever hear that such a text was cut. */
  @Test
  void ask_keepsNoVectorOfWhichNobodyKnowsWhetherItsTextWasCut() throws Exception {
    EmbedGate gate = gate(9, 1_000, LONG);
    Asked asked = gate.ask(new EmbedRequest(List.of("1", "2"), Lane.QUERY));
    Embedding one = Embedding.of(new float[] {1}, 1);
    List<Embedding> answers = List.of(one.with(Cut.UNKNOWN), one.with(Cut.YES));
    asked.tickets().get(0).embeddings().complete(answers);
    gate.answer(asked).get(1, TimeUnit.SECONDS);
    Asked again = gate.ask(new EmbedRequest(List.of("1", "2"), Lane.QUERY));
    assertEquals(List.of("1"), again.tickets().get(0).texts());
    again.tickets().get(0).embeddings().complete(List.of(one));
    List<Embedding> answered = gate.answer(again).get(1, TimeUnit.SECONDS);
    assertEquals(List.of(Cut.NO, Cut.YES), answered.stream().map(Embedding::cut).toList());
  }

  @Test
  void ask_refusesCallersBeyondTheBound_andTakesThemAgainLater() throws Exception {
    Settings.Embed embed = EmbedSettings.embed(9, 1_000, LONG, 3, 0);
    EmbedGate gate = gate(embed, EmbedSettings.serving(), Runnable::run);
    Asked many = gate.ask(new EmbedRequest(List.of("1", "2", "3", "4"), Lane.QUERY));
    Problem refused =
        assertThrows(Problem.class, () -> gate.ask(new EmbedRequest(List.of("5"), Lane.QUERY)));
    assertEquals(ProblemKind.OVERLOADED, refused.kind());
    assertEquals(
        "4 texts wait for the embedder already, the limit is 3 (embed.max-waiting-texts); try again"
            + " in a second",
        refused.getMessage());
    assertEquals(1, gate.ask(new EmbedRequest(List.of("5"), Lane.INGEST)).tickets().size());
    CompletableFuture<List<Embedding>> answer = gate.answer(many);
    many.tickets().forEach(EmbedGateTest::answer);
    answer.get(1, TimeUnit.SECONDS);
    assertEquals(1, gate.ask(new EmbedRequest(List.of("5"), Lane.QUERY)).tickets().size());
  }

  @Test
  void answer_saysWhatKeepsTheEmbedder_andDropsTheTickets() {
    Settings.Embed embed = EmbedSettings.embed(9, 1_000, Duration.ofMillis(1), 10, 0);
    EmbedGate gate = gate(embed, EmbedSettings.replicas("http://tei"), Runnable::run);
    Asked asked = gate.ask(new EmbedRequest(List.of("0"), Lane.INGEST));
    ExecutionException late =
        assertThrows(ExecutionException.class, () -> gate.answer(asked).get(10, TimeUnit.SECONDS));
    Problem problem = assertInstanceOf(Problem.class, late.getCause());
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertEquals(
        "the embedder at tei.url was not asked yet; no vector within 1 ms"
            + " (embed.ingest-deadline-millis)",
        problem.getMessage());
    assertFalse(asked.tickets().get(0).awaited());
    EmbedBatch batch = new EmbedBatch(asked.tickets().get(0));
    assertEquals(0, batch.whole().size(), "nobody waits: it costs no work");
  }

  private static List<Float> numbers(CompletableFuture<List<Embedding>> answer) throws Exception {
    return answer.get(1, TimeUnit.SECONDS).stream().map(one -> one.vector()[0]).toList();
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

  private static EmbedGate gate(int texts, int bytes, Duration deadline) {
    Settings.Embed embed = EmbedSettings.embed(texts, bytes, deadline, 1_000, 1_000_000);
    return gate(embed, EmbedSettings.serving(), Runnable::run);
  }

  private static EmbedGate gate(Settings.Embed embed, Replicas replicas, Executor answers) {
    CurrentLimits limits = new CurrentLimits(EmbedSettings.tei(2, 4, 0.75), embed);
    return new EmbedGate(
        new Embedders(List.of(EmbedSettings.embedder("tei", limits, replicas))),
        new VectorCache(embed.cacheBytes()),
        embed,
        answers,
        System::nanoTime);
  }
}
