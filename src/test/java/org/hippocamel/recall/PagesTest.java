package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.config.VectorSettings;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.Fusing.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages of any size, put together, are the one long answer: over random stores whose searches order
 * equal scores in a way of their own, with every mode, weight and threshold, and with lists that
 * begin so short that most pages need several rounds.
 */
class PagesTest {
  private static final int MEMORIES = 400;
  private static final int LONG = 60;
  private static final int STORES = 3;

  /** What the two searches of a store say of a memory; null where they do not find it. */
  private record Stored(String id, Double near, Double bm25, Date occurred) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void pages_areTheOneLongAnswer(int size) {
    Random random = new Random(20_261_128 + size);
    int several = 0;
    for (int i = 0; i < STORES; i++) {
      Store store = new Store(random);
      for (Ranking ranking : rankings(random)) {
        for (Threshold threshold : thresholds(random)) {
          RecallRequest request =
              TestRecall.asked(ranking.mode(), LONG).with(ranking).with(threshold);
          List<String> whole = store.answer(request, ranking.pool() == null ? 0 : LONG);
          List<String> pages = store.pages(request.with(Page.first(size)));
          assertEquals(whole, pages, () -> request + " by " + size);
          assertEquals(whole.size(), Set.copyOf(whole).size());
        }
      }
      several += store.rounds - store.searches;
    }
    assertTrue(several > 0, "the lists were never too short");
  }

  private static List<Ranking> rankings(Random random) {
    Fusing any = new Fusing(Rule.SCORE, random.nextInt(11) / 10.0);
    Freshness fresh = new Freshness(0.1 + random.nextDouble(), 1 + random.nextInt(60));
    return List.of(
        Ranking.of(Mode.VECTOR, any),
        Ranking.of(Mode.LEXICAL, any),
        Ranking.of(Mode.HYBRID, TestRecall.SCORES),
        Ranking.of(Mode.HYBRID, any),
        new Ranking(Mode.VECTOR, any, fresh, null),
        new Ranking(Mode.HYBRID, any, fresh, null),
        // Of these the order is made of so many candidates and no more, on every page.
        new Ranking(Mode.HYBRID, any, null, LONG),
        new Ranking(Mode.HYBRID, TestRecall.RANKS, null, LONG));
  }

  private static List<Threshold> thresholds(Random random) {
    return List.of(
        Threshold.NONE,
        new Threshold(random.nextDouble(), null),
        new Threshold(null, 2 * random.nextDouble()));
  }

  /** A store of random memories; many have equal scores. */
  private static final class Store {
    private final List<Stored> near;
    private final List<Stored> worded;
    private final Recalling recalling =
        new Recalling(
            TestRounds.SPACE,
            TestRecall.settings(4, 1_000),
            VectorSettings.FLOATS,
            Clock.fixed(TestRounds.NOW, ZoneOffset.UTC),
            new RecallCounts());
    private final Fusion fusion = new Fusion(TestRecall.settings(4, 1_000));
    private int rounds;
    private int searches;

    Store(Random random) {
      List<Stored> all =
          IntStream.range(0, MEMORIES)
              .mapToObj(
                  i ->
                      new Stored(
                          "acme:" + random.nextInt(1_000_000) + "-" + i,
                          random.nextInt(20) == 0 ? null : 0.6 + random.nextInt(40) / 100.0,
                          random.nextInt(3) == 0 ? null : random.nextInt(30) / 2.0 + 0.5,
                          Date.from(TestRounds.NOW.minus(Duration.ofDays(random.nextInt(100))))))
              .toList();
      near =
          all.stream()
              .filter(one -> one.near() != null)
              .sorted(Comparator.comparing(Stored::near).reversed().thenComparing(Stored::id))
              .toList();
      // Another order of equals than the other search's, and not that of the ids.
      worded =
          all.stream()
              .filter(one -> one.bm25() != null)
              .sorted(
                  Comparator.comparing(Stored::bm25)
                      .reversed()
                      .thenComparing(one -> one.id().hashCode()))
              .toList();
    }

    /** The first so many results, in one answer; or the whole of a fixed pool. */
    List<String> answer(RecallRequest request, int pool) {
      RecallRequest longest = pool == 0 ? request : request.with(Page.first(10 * pool));
      List<String> all = ids(settled(longest));
      return all.subList(0, Math.min(LONG, all.size()));
    }

    /** The same, page by page. */
    List<String> pages(RecallRequest request) {
      List<String> all = new ArrayList<>();
      RecallRequest next = request;
      while (next != null && all.size() < LONG) {
        Round round = settled(next);
        all.addAll(ids(round));
        String cursor = recalling.reply(round, List.of()).next();
        next =
            cursor == null
                ? null
                : next.with(new Page(request.limit(), Cursor.parse(cursor).orElseThrow()));
      }
      return all.subList(0, Math.min(LONG, all.size()));
    }

    private static List<String> ids(Round round) {
      return TestRounds.ids(round);
    }

    private Round settled(RecallRequest request) {
      searches++;
      Round round = recalling.first(request);
      while (round.open()) {
        rounds++;
        Candidates vectors =
            new Candidates(
                Stage.VECTOR,
                round.byVector() ? rows(near, round.pool(), true) : List.of(),
                TestRounds.QUESTION);
        Candidates words =
            new Candidates(
                Stage.LEXICAL, round.byWords() ? rows(worded, round.pool(), false) : List.of());
        Found found = TestRounds.found(vectors, words);
        Gaps gaps = recalling.gaps(round, found);
        Found completed =
            TestRounds.found(
                new Candidates(Stage.VECTOR, rows(among(near, gaps.cosines()), MEMORIES, true)),
                new Candidates(Stage.LEXICAL, rows(among(worded, gaps.words()), MEMORIES, false)));
        round = fusion.round(round, found, completed);
      }
      return round;
    }

    private static List<Stored> among(List<Stored> list, Set<String> ids) {
      return list.stream().filter(one -> ids.contains(one.id())).toList();
    }

    private static List<Document> rows(List<Stored> list, int limit, boolean vector) {
      Stream<Stored> best = list.stream().limit(limit);
      return best.map(
              one ->
                  TestRounds.row(one.id(), vector ? one.near() : one.bm25())
                      .append("occurred_at", one.occurred()))
          .toList();
    }
  }
}
