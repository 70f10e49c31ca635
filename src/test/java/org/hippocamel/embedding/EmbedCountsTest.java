package org.hippocamel.embedding;

import static org.hippocamel.embedding.EmbedSettings.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hippocamel.embedding.EmbedCounts.Count;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class EmbedCountsTest {
  private static final Embedding REFUSED =
      Embedding.refused(new Problem(ProblemKind.EMBEDDER_FAILED, "answered 422"));

  private final EmbedCounts counts = new EmbedCounts();

  @Test
  void count_addsUpWhatBecameOfTheTexts() {
    EmbedBatch batch = new EmbedBatch(ticket("a", "b", "c"));
    batch.whole().deliver(List.of(vector(5), vector(7).cut(), REFUSED));
    counts.count(batch);
    counts.count(batch);
    assertEquals(List.of(6L, 24L, 2L, 2L, 0L), counted(Lane.QUERY));
    assertEquals(List.of(0L, 0L, 0L, 0L, 0L), counted(Lane.INGEST));
  }

  @Test
  void count_takesATextWithoutAnAnswerForRefused() {
    counts.count(new EmbedBatch(new Ticket(List.of("a", "b"), Lane.INGEST)));
    EmbedBatch batch = new EmbedBatch(new Ticket(List.of("a", "b"), Lane.INGEST));
    batch.whole().halves().get(0).deliver(List.of(vector(2)));
    counts.count(batch);
    assertEquals(List.of(4L, 2L, 0L, 3L, 0L), counted(Lane.INGEST));
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
              .mapToObj(i -> "x".repeat(1 + random.nextInt(300)))
              .toArray(String[]::new);
      EmbedBatch batch = new EmbedBatch(ticket(all));
      boolean[] poison = new boolean[all.length];
      for (int i = 0; i < poison.length; i++) {
        poison[i] = random.nextInt(12) == 0;
      }
      tokens += ask(batch.whole(), poison, random);
      counts.count(batch);
      texts += all.length;
      refused += IntStream.range(0, all.length).filter(i -> poison[i]).count();
    }
    assertEquals(List.of(texts, tokens, 0L, refused, 0L), counted(Lane.QUERY));
  }

  /** As the route does it: halved until what is refused stands alone. */
  private static long ask(EmbedPart part, boolean[] poison, Random random) {
    if (IntStream.range(part.from(), part.to()).noneMatch(i -> poison[i])) {
      int tokens = 3 * part.size() + random.nextInt(9_000);
      StringBuilder items = new StringBuilder();
      for (int i = 0; i < part.size(); i++) {
        items.append(i == 0 ? "" : ",").append("{\"embedding\":[1],\"index\":" + i + "}");
      }
      String answer = "{\"data\":[" + items + "],\"usage\":{\"prompt_tokens\":" + tokens + "}}";
      part.deliver(EmbeddingsAnswer.parse(answer.getBytes(), part.texts()).embeddings());
      return tokens;
    }
    if (part.size() == 1) {
      part.refuse(REFUSED);
      return 0;
    }
    return part.halves().stream().mapToLong(half -> ask(half, poison, random)).sum();
  }

  private List<Long> counted(Lane lane) {
    return Arrays.stream(Count.values()).map(count -> counts.get(lane, count)).toList();
  }

  private static Embedding vector(int tokens) {
    return Embedding.of(new float[] {1}, tokens);
  }
}
