package org.hippocamel.embedding;

import static org.hippocamel.embedding.EmbedSettings.ticket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hippocamel.embedding.Embedding.Cut;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

/** With a model that reads 512 tokens, two of them special. */
class TruncationTest {
  private static final int MODEL = 512;
  private static final int SEEN = 510;

  private final Truncation truncation = new Truncation();

  @Test
  void doubts_areNoneOfTextsWithFewerCharactersThanTheModelReadsTokens() {
    EmbedBatch batch = new EmbedBatch(ticket("a".repeat(509), "x ".repeat(254)));
    answer(batch, 5_000);
    assertEquals(List.of(), places(truncation.doubts(batch)));
    assertEquals(List.of(false, false), truncated(batch));
  }

  @Test
  void doubts_areNoneInACallOfFewTokens() {
    EmbedBatch batch = new EmbedBatch(ticket("a".repeat(20_000), "b".repeat(20_000)));
    answer(batch, SEEN - 1);
    assertEquals(List.of(), places(truncation.doubts(batch)));
  }

  @Test
  void doubts_areTheTextsThatMayHaveBeenCut() {
    EmbedBatch batch = new EmbedBatch(ticket("short", "a".repeat(20_000), "b".repeat(510)));
    answer(batch, MODEL + 3);
    Doubts doubts = truncation.doubts(batch);
    assertEquals(List.of(1, 2), places(doubts));
    assertEquals(List.of("a".repeat(20_000), "b".repeat(510)), doubts.texts());
  }

  @Test
  void doubts_areFewerTheMoreTokensTheWordsExplain() {
    // Two texts of 300 words: one of 510 tokens and the other's words make 810.
    EmbedBatch batch = new EmbedBatch(ticket("word ".repeat(300), "text ".repeat(300)));
    answer(batch, 809);
    assertEquals(List.of(), places(truncation.doubts(batch)));
    answer(batch, 810);
    assertEquals(List.of(0, 1), places(truncation.doubts(batch)));
  }

  @Test
  void doubts_leaveOutTextsWithMoreWordsThanTheModelReadsTokens_theyWereCut() {
    EmbedBatch batch = new EmbedBatch(ticket("w ".repeat(511), "w ".repeat(510)));
    answer(batch, 2 * MODEL);
    assertEquals(List.of(1), places(truncation.doubts(batch)));
    assertEquals(List.of(true, false), truncated(batch));
  }

  @Test
  void doubts_areAllLongTextsOfAServerThatCountsNoTokens() {
    EmbedBatch batch = new EmbedBatch(ticket("a".repeat(510), "b"));
    answer(batch, 0);
    assertEquals(List.of(0), places(truncation.doubts(batch)));
  }

  @Test
  void doubts_areNoneOfMeasuredTexts_andTheirNeighboursAreStillDoubted() {
    EmbedBatch batch = new EmbedBatch(ticket(Lane.INGEST, true, "a".repeat(600), "w ".repeat(600)));
    batch.add(ticket(Lane.INGEST, false, "b".repeat(600)));
    batch.add(ticket(Lane.INGEST, true, "c".repeat(600)));
    answer(batch, 2_000);
    assertEquals(List.of(2), places(truncation.doubts(batch)));
    assertEquals(List.of(false, false, false, false), truncated(batch));
  }

  @Test
  void doubts_areNoneOfAServerThatRefusesLongTexts() {
    EmbedBatch batch = new EmbedBatch(ticket("w ".repeat(600), "a".repeat(600)));
    answer(batch.whole(), 2 * MODEL, Integer.MAX_VALUE);
    assertEquals(List.of(), places(truncation.doubts(batch)));
    assertEquals(List.of(false, false), truncated(batch));
  }

  @Test
  void doubts_knowNothingOfTextsWithoutVectors() {
    EmbedBatch batch = new EmbedBatch(ticket("a".repeat(600), "w ".repeat(600), "c"));
    assertEquals(List.of(), places(truncation.doubts(batch)));
    EmbedPart whole = batch.whole();
    assertEquals(List.of(), places(truncation.doubts(batch)));
    Embedding none = Embedding.refused(new Problem(ProblemKind.EMBEDDER_FAILED, "NaN"));
    whole.deliver(List.of(none, none, Embedding.of(new float[] {1}, 3)));
    whole.answered(2 * MODEL, SEEN);
    assertEquals(List.of(), places(truncation.doubts(batch)));
  }

  @Test
  void doubts_lookAtEachCallOfAHalvedBatchAlone() {
    EmbedBatch batch = new EmbedBatch(ticket("a".repeat(600), "b", "c", "d".repeat(600)));
    List<EmbedPart> halves = batch.whole().halves();
    answer(halves.get(0), 400, SEEN);
    answer(halves.get(1), 600, SEEN);
    assertEquals(List.of(3), places(truncation.doubts(batch)));
  }

  /** Halves may go to two servers, of which one cuts earlier. */
  @Test
  void doubts_keepToWhatTheServerReadsThatAnswered() {
    EmbedBatch batch = new EmbedBatch(ticket("a".repeat(600), "b".repeat(600)));
    List<EmbedPart> halves = batch.whole().halves();
    answer(halves.get(0), 600, SEEN);
    answer(halves.get(1), 600, 550);
    truncation.counted(truncation.doubts(batch), List.of(tokens(540), tokens(540)));
    assertEquals(List.of(true, false), truncated(batch));
  }

  @Test
  void doubts_skipCallersWhoGaveUp() {
    Ticket early = ticket("w ".repeat(600));
    EmbedBatch batch = new EmbedBatch(early);
    batch.add(ticket(Lane.QUERY, true, "m".repeat(600)));
    batch.add(ticket("a".repeat(600)));
    early.embeddings().cancel(false);
    answer(batch, 2_000);
    assertEquals(List.of(1), places(truncation.doubts(batch)));
    assertEquals(List.of("a".repeat(600)), truncation.doubts(batch).texts());
  }

  @Test
  void counted_marksTheTextsThatAreLonger() {
    EmbedBatch batch = new EmbedBatch(ticket("a".repeat(600), "b", "c".repeat(600)));
    answer(batch, 2_000);
    Doubts doubts = truncation.doubts(batch);
    truncation.counted(doubts, List.of(tokens(SEEN), tokens(SEEN + 1)));
    assertEquals(List.of(Cut.NO, Cut.NO, Cut.YES), cuts(batch));
  }

  @Test
  void uncounted_claimsNothing() {
    EmbedBatch batch = new EmbedBatch(ticket("a".repeat(600), "w ".repeat(600), "c".repeat(600)));
    answer(batch, 2_000);
    truncation.uncounted(truncation.doubts(batch));
    assertEquals(List.of(Cut.UNKNOWN, Cut.YES, Cut.UNKNOWN), cuts(batch));
    assertEquals(List.of(false, true, false), truncated(batch));
  }

  /** Whatever the texts: what TEI cut is known in the end, and nothing else is said to be cut. */
  @Test
  void truncation_isExact_andSeldomAsks() {
    Random random = new Random(512);
    int texts = 0;
    int asked = 0;
    int cut = 0;
    for (int round = 0; round < 3_000; round++) {
      List<FakeText> fakes =
          IntStream.range(0, 1 + random.nextInt(8)).mapToObj(i -> FakeText.random(random)).toList();
      EmbedBatch batch =
          new EmbedBatch(ticket(fakes.stream().map(FakeText::text).toArray(String[]::new)));
      answer(batch, fakes.stream().mapToInt(one -> Math.min(MODEL, one.tokens() + 2)).sum());
      Doubts doubts = truncation.doubts(batch);
      List<Tokens> tokens =
          places(doubts).stream().map(i -> tokens(fakes.get(i).tokens())).toList();
      truncation.counted(doubts, tokens);
      List<Boolean> really = fakes.stream().map(one -> one.tokens() > SEEN).toList();
      assertEquals(really, truncated(batch));
      texts += fakes.size();
      asked += doubts.places().size();
      cut += (int) really.stream().filter(one -> one).count();
    }
    assertTrue(cut > texts / 20 && cut < texts / 2, cut + " of " + texts + " were cut");
    assertTrue(asked < texts / 4, asked + " of " + texts + " were counted");
  }

  /**
   * Words of up to eight letters, each of one to as many tokens; some blanks, signs and accents.
   */
  private record FakeText(String text, int tokens) {
    static FakeText random(Random random) {
      StringBuilder text = new StringBuilder("a");
      int tokens = 1;
      int words = random.nextInt(random.nextBoolean() ? 60 : 700);
      int pieces = 1 + random.nextInt(3);
      for (int i = 0; i < words; i++) {
        text.append(random.nextInt(20) == 0 ? "\n\n" : " ");
        if (random.nextInt(10) == 0) {
          text.append("é, ");
          tokens += 1 + random.nextInt(3);
        }
        int letters = 1 + random.nextInt(8);
        text.append("w".repeat(letters));
        tokens += 1 + random.nextInt(Math.min(letters, pieces));
      }
      return new FakeText(text.toString(), tokens);
    }
  }

  private static void answer(EmbedBatch batch, int tokens) {
    batch.calls().clear();
    answer(batch.whole(), tokens, SEEN);
  }

  private static void answer(EmbedPart part, int tokens, int textTokens) {
    part.deliver(part.texts().stream().map(text -> Embedding.of(new float[] {1}, 1)).toList());
    part.answered(tokens, textTokens);
  }

  private static List<Integer> places(Doubts doubts) {
    return doubts.places().stream().map(Doubts.Place::text).toList();
  }

  private static List<Cut> cuts(EmbedBatch batch) {
    return batch.answers().stream().map(Embedding::cut).toList();
  }

  private static List<Boolean> truncated(EmbedBatch batch) {
    return batch.answers().stream().map(Embedding::truncated).toList();
  }

  private static Tokens tokens(int count) {
    return Tokens.ending(new int[count]);
  }
}
