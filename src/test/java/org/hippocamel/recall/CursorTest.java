package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hippocamel.memory.Kind;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final RecallRequest REQUEST = TestRecall.asked(Mode.HYBRID, 5);

  @Test
  void text_isReadBackAsItWas() {
    for (String id : List.of("a", "é😀", "with:colon", "x".repeat(500))) {
      Cursor cursor =
          new Cursor(
              RequestDigest.of(REQUEST),
              RequestDigest.hash("m-3"),
              17,
              240,
              TestRounds.NOW,
              new org.hippocamel.spaces.Calibration(0.6, 0.05, 0, 0),
              true,
              -1.25,
              id);
      String text = cursor.text();
      assertTrue(text.matches("[A-Za-z0-9_-]+") && text.length() <= Cursor.MAX_CHARS, text);
      assertEquals(Optional.of(cursor), Cursor.parse(text));
    }
  }

  @Test
  void parse_takesNothingElse() {
    String good = TestCursors.behind(REQUEST, 5, 1, "a").text();
    byte[] bytes = Base64.getUrlDecoder().decode(good);
    for (String bad :
        List.of("", "*", "abc", good.substring(0, 40), "-1", "{\"depth\":1}", "AA".repeat(80))) {
      assertEquals(Optional.empty(), Cursor.parse(bad), bad);
    }
    // Whatever bytes somebody makes up: a cursor or none, never another exception.
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] forged = bytes.clone();
      forged[random.nextInt(forged.length)] = (byte) random.nextInt();
      forged[random.nextInt(forged.length)] = (byte) random.nextInt();
      Cursor.parse(Base64.getUrlEncoder().encodeToString(forged))
          .ifPresent(cursor -> assertTrue(cursor.depth() > 0 && cursor.pool() > 0));
    }
  }

  @Test
  void differences_nameThePartThatIsAnother() {
    Scope scope = REQUEST.scope();
    Ranking ranking = REQUEST.ranking();
    assertEquals(List.of(), differences(REQUEST.explained().with(Page.first(77))));
    assertEquals(
        List.of("tenant"), differences(RecallRequest.of("why?", Scope.of("beta"), ranking, 5)));
    assertEquals(List.of("query"), differences(RecallRequest.of("how?", scope, ranking, 5)));
    assertEquals(
        List.of("kinds, agent_id, session_id, filter, since or until"),
        differences(
            RecallRequest.of(
                "why?", new Scope("acme", Set.of(Kind.CASE), null, null, null), ranking, 5)));
    for (Ranking other :
        List.of(
            TestRecall.in(Mode.VECTOR),
            Ranking.of(Mode.HYBRID, TestRecall.RANKS),
            new Ranking(Mode.HYBRID, TestRecall.SCORES, new Freshness(1, 1), null),
            new Ranking(Mode.HYBRID, TestRecall.SCORES, null, 60))) {
      assertEquals(
          List.of("mode, fusion, lexical_weight, freshness or pool"),
          differences(REQUEST.with(other)));
    }
    assertEquals(
        List.of("min_score or min_relevance"), differences(REQUEST.with(new Threshold(null, 1.0))));
  }

  @Test
  void differences_areNone_inWhateverOrderTheKindsStand() {
    RecallRequest one = kinds(Set.of(Kind.CASE, Kind.PASSAGE));
    assertEquals(
        List.of(),
        TestCursors.behind(one, 5, 1, "a").differences(kinds(Set.of(Kind.PASSAGE, Kind.CASE))));
  }

  private static RecallRequest kinds(Set<Kind> kinds) {
    return RecallRequest.of(
        "why?", new Scope("acme", kinds, null, null, null), REQUEST.ranking(), 5);
  }

  private static List<String> differences(RecallRequest other) {
    return TestCursors.behind(REQUEST, 5, 1, "a").differences(other);
  }
}
