package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class EmbeddersTest {
  private final Embedder tei =
      EmbedSettings.embedder("tei", EmbedSettings.limits(), EmbedSettings.serving());
  private final Embedder next =
      EmbedSettings.embedder("next", EmbedSettings.limits(), EmbedSettings.serving());
  private final Embedders embedders = new Embedders(List.of(tei, next));
  private final EmbedGate gate =
      new EmbedGate(
          embedders,
          new VectorCache(1_000_000),
          EmbedSettings.embed(9, 1_000),
          Runnable::run,
          System::nanoTime);

  @Test
  void active_isTheFirstUntilASpaceIs_thenWhoeverServesIt() {
    assertSame(tei, embedders.active().orElseThrow());
    tei.settle("old-3", 3);
    next.settle("new-3", 3);
    embedders.activate("new-3");
    assertSame(next, embedders.active().orElseThrow());
    assertSame(tei, embedders.of("old-3").orElseThrow());
    assertTrue(embedders.serves("old-3"));
    assertFalse(embedders.serves("other-3"));
  }

  @Test
  void of_findsAnEmbedderByItsName_beforeItsSpaceIsKnown() {
    assertSame(next, embedders.of("next").orElseThrow());
  }

  @Test
  void trouble_isThatNobodyServesTheActiveSpace() {
    tei.settle("old-3", 3);
    embedders.activate("gone-3");
    Problem problem = embedders.trouble().orElseThrow();
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertEquals(
        "no embedder serves the space gone-3: neither tei.url nor next.tei.url names a server of"
            + " its model",
        problem.getMessage());
  }

  @Test
  void tickets_goToTheEmbedderOfTheirSpace_inLanesOfTheirOwn() {
    tei.settle("old-3", 3);
    next.settle("new-3", 3);
    embedders.activate("old-3");
    EmbedRequest request = new EmbedRequest(List.of("a"), Lane.INGEST);
    Ticket old = gate.ask(request).tickets().get(0);
    Ticket other = gate.ask(request.in("new-3")).tickets().get(0);
    assertSame(tei, old.embedder());
    assertSame(next, other.embedder());
    assertEquals("ingest", old.way());
    assertEquals("next-ingest", other.way());
    assertNotEquals(old.embedder().flow(Lane.INGEST), other.embedder().flow(Lane.INGEST));
  }

  @Test
  void aSpaceThatNobodyServes_isRefusedAtOnce_orDoneWithout() {
    embedders.activate("old-3");
    EmbedRequest request = new EmbedRequest(List.of("a"), Lane.QUERY);
    Asked asked = gate.ask(request);
    assertEquals(List.of(), asked.tickets());
    CompletionException thrown =
        assertThrows(CompletionException.class, () -> gate.answer(asked).join());
    assertEquals(ProblemKind.UNAVAILABLE, ((Problem) thrown.getCause()).kind());
    Asked patient = gate.ask(request.within(Duration.ofSeconds(1), "some.key"));
    Embedding without = gate.answer(patient).join().get(0);
    assertEquals(ProblemKind.UNAVAILABLE, without.refusal().kind());
  }
}
