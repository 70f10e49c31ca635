package org.hippocamel.embedding;

import static org.hippocamel.embedding.EmbedSettings.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hippocamel.embedding.EmbedCounts.Count;
import org.hippocamel.embedding.Embedding.Cut;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class EmbedCountsTest {
  private static final Embedding REFUSED =
      Embedding.refused(new Problem(ProblemKind.EMBEDDER_FAILED, "answered 422"));

  private static final String POISON = "poison";

  private final EmbedCounts counts = new EmbedCounts();

  @Test
  void count_addsUpWhatBecameOfTheTexts() {
    EmbedBatch batch = new EmbedBatch(ticket("a", "b", "c", "d"));
    Embedding unknown = vector(1).with(Cut.UNKNOWN);
    batch.whole().deliver(List.of(vector(5), vector(7).with(Cut.YES), REFUSED, unknown));
    counts.count(batch);
    counts.count(batch);
    assertEquals(List.of(8L, 26L, 2L, 2L, 2L), counted(Lane.QUERY));
    assertEquals(List.of(0L, 0L, 0L, 0L, 0L), counted(Lane.INGEST));
  }

  @Test
  void count_takesATextWithoutAnAnswerForRefused() {
    counts.count(new EmbedBatch(ticket(Lane.INGEST, false, "a", "b")));
    EmbedBatch batch = new EmbedBatch(ticket(Lane.INGEST, false, "a", "b"));
    batch.whole().halves().get(0).deliver(List.of(vector(2)));
    counts.count(batch);
    assertEquals(List.of(4L, 2L, 0L, 3L, 0L), counted(Lane.INGEST));
  }

  @Test
  void count_leavesOutTextsOfCallersWhoGaveUpBeforeTheCall() {
    Ticket early = ticket("a", "b");
    EmbedBatch batch = new EmbedBatch(early);
    batch.add(ticket("c"));
    early.embeddings().cancel(false);
    batch.whole().deliver(List.of(vector(2)));
    counts.count(batch);
    assertEquals(List.of(1L, 2L, 0L, 0L, 0L), counted(Lane.QUERY));
  }

  /** However a batch is halved, and whichever of its texts are refused on the way. */
  @Test
  void count_countsEachTextOnce_andTheTokensOfTheCallsThatBroughtVectors() {
    Random random = new Random(3);
    long texts = 0;
    long tokens = 0;
    long refused = 0;
    for (int round = 0; round < 500; round++) {
      String[] all =
          IntStream.range(0, 1 + random.nextInt(32))
              .mapToObj(i -> random.nextInt(12) == 0 ? POISON : "x".repeat(1 + random.nextInt(300)))
              .toArray(String[]::new);
      EmbedBatch batch = new EmbedBatch(ticket(all));
      tokens += ask(batch.whole(), random);
      counts.count(batch);
      texts += all.length;
      refused += Arrays.stream(all).filter(POISON::equals).count();
    }
    assertEquals(List.of(texts, tokens, 0L, refused, 0L), counted(Lane.QUERY));
  }

  /** As the route does it: halved until what is refused stands alone. */
  private static long ask(EmbedPart part, Random random) {
    if (!part.texts().contains(POISON)) {
      int tokens = 3 * part.size() + random.nextInt(9_000);
      StringBuilder items = new StringBuilder();
      for (int i = 0; i < part.size(); i++) {
        items.append(i == 0 ? "" : ",").append("{\"embedding\":[1],\"index\":" + i + "}");
      }
      String answer = "{\"data\":[" + items + "],\"usage\":{\"prompt_tokens\":" + tokens + "}}";
      part.deliver(
          EmbeddingsAnswer.parse(answer.getBytes(), part.texts(), name -> {}).embeddings());
      return tokens;
    }
    if (part.size() == 1) {
      part.refuse(REFUSED);
      return 0;
    }
    return part.halves().stream().mapToLong(half -> ask(half, random)).sum();
  }

  @Test
  void count_padsEachTextToTheLongestOfItsBatch() {
    EmbedBatch batch = new EmbedBatch(ticket("a", "b", "c"));
    batch.whole().deliver(List.of(vector(2), vector(10), REFUSED));
    counts.count(batch);
    assertEquals(20, counts.get(Lane.QUERY, Count.PADDED_TOKENS));
  }

  @Test
  void tell_hearsOfBatchesThatHadACall() {
    List<String> heard = new ArrayList<>();
    counts.tell((lane, texts, tokens) -> heard.add(lane + " " + texts + " " + tokens));
    EmbedBatch batch = new EmbedBatch(ticket("a", "b"));
    batch.whole().deliver(List.of(vector(2), vector(3)));
    counts.count(batch);
    Ticket gone = ticket("c");
    gone.embeddings().cancel(false);
    EmbedBatch nobody = new EmbedBatch(gone);
    nobody.whole();
    counts.count(nobody);
    assertEquals(List.of("QUERY 2 5"), heard);
  }

  private List<Long> counted(Lane lane) {
    return Stream.of(Count.TEXTS, Count.TOKENS, Count.TRUNCATED, Count.REFUSED, Count.UNCOUNTED)
        .map(count -> counts.get(lane, count))
        .toList();
  }

  private static Embedding vector(int tokens) {
    return Embedding.of(new float[] {1}, tokens);
  }
}
