package org.hippocamel.embedding;

import static org.hippocamel.embedding.EmbedSettings.infoBody;
import static org.hippocamel.embedding.EmbedSettings.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicasTest {
  private final AtomicLong now = EmbedSettings.clock();
  private final CurrentLimits limits = EmbedSettings.limits();
  private final Replicas replicas =
      EmbedSettings.replicas(limits, now, "http://one", "http://two", "http://three");

  @Test
  void due_isEverybodyAtFirst_thenNobodyUntilTheCheck() {
    assertEquals(3, replicas.due().size());
    hearAll();
    assertEquals(List.of(), replicas.due());
    now.addAndGet(TimeUnit.SECONDS.toNanos(15));
    assertEquals(3, replicas.due().size());
  }

  @Test
  void heard_addsUpTheLimitsOfThoseWhoServe() {
    List<Replica> all = replicas.due();
    assertEquals("Embedder http://one serves m", replicas.heard(all.get(0), info("m")));
    assertEquals(4, limits.get().ingestCalls());
    replicas.heard(all.get(1), info("m"));
    assertEquals(8, limits.get().ingestCalls());
    assertNull(replicas.heard(all.get(1), info("m")), "nothing changed");
    replicas.silent(all.get(1), new ConnectException("refused"));
    assertEquals(4, limits.get().ingestCalls());
    replicas.heard(all.get(0), infoBody("m", 128, 16));
    assertEquals(16, limits.get().texts());
  }

  @Test
  void heard_leavesOutAnotherModel_andSaysWhatToDo() {
    List<Replica> all = replicas.due();
    replicas.heard(all.get(0), info("m"));
    assertNull(replicas.heard(all.get(1), info("n")), "it never served");
    assertEquals(Set.of("http://one"), urls(20));
    replicas.silent(all.get(0), new ConnectException("refused"));
    assertEquals(ProblemKind.UNAVAILABLE, replicas.trouble().orElseThrow().kind());
  }

  @Test
  void heard_letsALoneServerChangeItsModelUntilItIsSettled() {
    Replicas lone = EmbedSettings.replicas("http://one");
    Replica one = lone.due().get(0);
    lone.heard(one, info("m"));
    lone.heard(one, info("n"));
    assertEquals("n", lone.model().modelId());
    lone.settle(384);
    assertEquals(
        "Embedder http://one is left out: the embedder at http://one serves m, cls pooling, where"
            + " n, cls pooling is needed: vectors of two models cannot be compared. Give it that"
            + " model again, or take it out of tei.url",
        lone.heard(one, info("m")));
    assertEquals(ProblemKind.EMBEDDER_FAILED, lone.trouble().orElseThrow().kind());
    assertThrows(Problem.class, lone::model);
    lone.heard(one, info("n"));
    assertTrue(lone.trouble().isEmpty());
  }

  @Test
  void turn_goesToTheLeastLoaded() {
    hearAll();
    List<Turn> turns = turns(6);
    for (String url : List.of("http://one", "http://two", "http://three")) {
      assertEquals(2, turns.stream().filter(turn -> turn.url().equals(url)).count(), url);
    }
    turns.forEach(replicas::over);
    assertEquals(0, replicas.textsInFlight());
  }

  @Test
  void busy_isTheTimeWithACallUnderWay_howeverManyThereAre() {
    hearAll();
    List<Turn> turns = turns(2);
    now.addAndGet(30);
    assertEquals(30, replicas.busyNanos());
    replicas.over(turns.get(0));
    now.addAndGet(20);
    replicas.over(turns.get(1));
    now.addAndGet(1_000);
    Turn tokenizing = replicas.tokenizing();
    now.addAndGet(1_000);
    replicas.over(tokenizing);
    assertEquals(50, replicas.busyNanos());
  }

  @Test
  void tell_hearsOfCalls_andOfThoseThatWereLost() throws Throwable {
    hearAll();
    List<String> heard = new ArrayList<>();
    replicas.tell(
        new Replicas.Follower() {
          @Override
          public void over(Turn turn, long nanos) {
            heard.add("over " + nanos);
          }

          @Override
          public void failed(Turn turn, ProblemKind kind) {
            heard.add("failed " + kind.word());
          }
        });
    Turn turn = turns(1).get(0);
    now.addAndGet(7);
    assertThrows(
        ConnectException.class, () -> replicas.failed(turn, new ConnectException("refused")));
    replicas.over(turn);
    assertEquals(List.of("failed unavailable", "over 7"), heard);
  }

  @Test
  void turn_prefersTheFasterOne() {
    hearAll();
    for (Turn turn : turns(3)) {
      now.addAndGet(TimeUnit.MILLISECONDS.toNanos(turn.url().equals("http://two") ? 500 : 5));
      replicas.over(turn);
    }
    assertTrue(!urls(40).contains("http://two"));
  }

  @Test
  void turn_isRefusedAboveTheTextsThatTheServersTake() {
    hearAll();
    EmbedBatch batch = new EmbedBatch(ticket(texts(32)));
    List<Turn> turns = new ArrayList<>();
    Problem full =
        assertThrows(
            Problem.class,
            () -> {
              while (turns.size() < 1_000) {
                turns.add(replicas.turn(batch.whole()));
              }
            });
    assertEquals(ProblemKind.UNAVAILABLE, full.kind());
    assertEquals("every embedder at tei.url has as much as it takes", full.getMessage());
    assertEquals(3 * 384, replicas.textsInFlight());
  }

  @Test
  void failed_leavesOutAfterThreeLostCallsInARow() throws Throwable {
    Replicas lone = EmbedSettings.serving();
    for (int call = 0; call < 2; call++) {
      lose(lone, new ConnectException("refused"));
    }
    lone.answered(lone.turn(part("a")), "m");
    for (int call = 0; call < 3; call++) {
      assertTrue(lone.trouble().isEmpty());
      lose(lone, new ConnectException("refused"));
    }
    assertEquals(ProblemKind.UNAVAILABLE, lone.trouble().orElseThrow().kind());
    assertThrows(Problem.class, () -> lone.turn(part("a")));
    lone.heard(lone.due().get(0), info("m"));
    assertTrue(lone.trouble().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 415})
  void failed_leavesOutAtOnceWhatEveryCallWouldMeet(int status) {
    Replicas lone = EmbedSettings.serving();
    lose(lone, refused(status));
    Problem trouble = lone.trouble().orElseThrow();
    assertEquals(ProblemKind.EMBEDDER_FAILED, trouble.kind());
    assertSame(trouble, assertThrows(Problem.class, () -> lone.turn(part("a"))));
  }

  @Test
  void failed_leavesNobodyOutWhoEmbedsButDoesNotTokenize() {
    Replicas lone = EmbedSettings.serving();
    Exception thrown = refused(404);
    for (int call = 0; call < 9; call++) {
      Turn turn = lone.tokenizing();
      assertSame(thrown, assertThrows(Exception.class, () -> lone.failed(turn, thrown)));
      lone.over(turn);
    }
    assertTrue(lone.trouble().isEmpty());
  }

  @Test
  void textTokens_areThoseOfTheServerThatTheCallWentTo() {
    assertEquals(510, EmbedSettings.serving().textTokens(EmbedSettings.serving().turn(part("a"))));
    Replicas strict = EmbedSettings.replicas("http://tei");
    String info = new String(info("m"), java.nio.charset.StandardCharsets.UTF_8);
    strict.heard(
        strict.due().get(0), info.replaceFirst("}\\s*$", ",\"auto_truncate\":false}").getBytes());
    assertEquals(Integer.MAX_VALUE, strict.textTokens(strict.turn(part("a"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422, 424, 429, 500})
  void failed_blamesNoServerForATextOrForOverload(int status) {
    Replicas lone = EmbedSettings.serving();
    for (int call = 0; call < 10; call++) {
      lose(lone, refused(status));
    }
    assertTrue(lone.trouble().isEmpty());
  }

  @Test
  void answered_doubtsAServerThatAnswersAsAnotherModel() {
    Replicas lone = EmbedSettings.serving();
    Turn turn = lone.turn(part("a"));
    lone.answered(turn, "served as m");
    lone.answered(turn, "served as m");
    Problem doubt = assertThrows(Problem.class, () -> lone.answered(turn, "served as n"));
    assertEquals(ProblemKind.UNAVAILABLE, doubt.kind());
    assertEquals(1, lone.due().size());
    lone.heard(lone.due().get(0), info("m"));
    lone.answered(turn, "served as n");
    assertTrue(lone.trouble().isEmpty(), "it is called so, and the model is the same");
  }

  @Test
  void turn_keepsRepeatedCallsWithinTheBudget() {
    hearAll();
    EmbedPart part = part("a");
    int calls = 0;
    for (int attempt = 0; attempt < 100; attempt++) {
      try {
        replicas.over(replicas.turn(part));
        calls++;
      } catch (Problem waits) {
        assertTrue(waits.getMessage().contains("tei.retries-per-second"), waits.getMessage());
      }
    }
    assertEquals(1 + 10, calls);
  }

  @Test
  void turn_isNotForTextsThatNobodyWaitsForAnyMore() {
    Ticket ticket = ticket("a");
    EmbedPart part = new EmbedBatch(ticket).whole();
    ticket.embeddings().cancel(false);
    Replicas lone = EmbedSettings.serving();
    assertEquals(ProblemKind.TIMEOUT, assertThrows(Problem.class, () -> lone.turn(part)).kind());
    assertEquals(0, lone.textsInFlight());
  }

  @Test
  void obstacle_isTheLastCallThatIsRepeated_untilOneIsAnswered() {
    Replicas lone = EmbedSettings.serving();
    lose(lone, refused(429));
    assertEquals(ProblemKind.OVERLOADED, lone.obstacle().orElseThrow().kind());
    assertTrue(lone.trouble().isEmpty());
    lone.answered(lone.turn(part("a")), "m");
    assertTrue(lone.obstacle().isEmpty());
  }

  private void hearAll() {
    replicas.due().forEach(replica -> replicas.heard(replica, info("m")));
  }

  private Set<String> urls(int calls) {
    Set<String> urls = new HashSet<>();
    for (int call = 0; call < calls; call++) {
      Turn turn = replicas.turn(part("a"));
      urls.add(turn.url());
      replicas.over(turn);
    }
    return urls;
  }

  private List<Turn> turns(int calls) {
    List<Turn> turns = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      turns.add(replicas.turn(part("a")));
    }
    return turns;
  }

  private static void lose(Replicas replicas, Exception thrown) {
    Turn turn = replicas.turn(part("a"));
    assertSame(thrown, assertThrows(Exception.class, () -> replicas.failed(turn, thrown)));
    replicas.over(turn);
  }

  private static EmbedPart part(String... texts) {
    return new EmbedBatch(ticket(texts)).whole();
  }

  private static String[] texts(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> "text " + i)
        .toArray(String[]::new);
  }

  private static byte[] info(String model) {
    return infoBody(model, 512, 32);
  }

  private static HttpOperationFailedException refused(int status) {
    return new HttpOperationFailedException("http://tei/", status, "no", null, Map.of(), "why");
  }
}
