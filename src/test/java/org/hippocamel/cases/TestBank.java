package org.hippocamel.cases;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.recall.SearchReply.Hit;
import org.hippocamel.recall.SearchReply.Standing;
import org.hippocamel.recall.TestRecall;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.TestSpaces;

/**
 * Cases that lie in a plane, so many degrees from the problem at 0. In its space unrelated texts
 * have a cosine of 0.2, with a deviation of 0.1: the same problem is 8 deviations above that.
 */
final class TestBank {
  static final CaseSearch.Conditions ANY =
      new CaseSearch.Conditions(null, null, null, null, null, null);

  private TestBank() {}

  static ActiveSpace space() {
    return TestSpaces.calibrated(TestSpaces.small(), 0.2, 0.1);
  }

  static CaseSearch search(int k, int negatives) {
    return search(k, negatives, null, null);
  }

  static CaseSearch search(int k, int negatives, Ranking ranking, String runId) {
    return new CaseSearch(
        "acme", "why?", k, negatives, Mode.VECTOR, TestRecall.SCORES, ranking, null, ANY, runId);
  }

  /** One case: its id, its direction and what its log comes to. */
  record At(String id, double degrees, double uses, double wins) {}

  static Shortlist list(CaseSearch search, boolean positive, At... cases) {
    Map<String, Place> places = new HashMap<>();
    for (At one : cases) {
      places.put("acme:" + one.id(), place(one.degrees()));
    }
    List<Hit> hits = List.of(cases).stream().map(TestBank::hit).toList();
    SearchReply found = new SearchReply(hits, "m-3", search.mode(), false, false, null, null);
    Embedding question = new Embedding(vector(0), 1, null);
    return new Shortlist(
        search,
        positive,
        List.of(question),
        TestSpaces.small(),
        List.of(),
        60,
        found,
        places,
        cases.length);
  }

  static Shortlist none(CaseSearch search) {
    return new Shortlist(
        search, false, List.of(), TestSpaces.small(), List.of(), 60, null, Map.of(), 0);
  }

  private static Hit hit(At one) {
    double cosine = Math.cos(Math.toRadians(one.degrees()));
    Document stats =
        new Document("rows", 1)
            .append("uses", one.uses())
            .append("wins", one.wins())
            .append("as_of", java.util.Date.from(TestLog.NOW));
    Document row =
        new Document("_id", "acme:" + one.id())
            .append("text", "problem of " + one.id())
            .append(
                "case", new Document("solution", "solution of " + one.id()).append("stats", stats));
    return new Hit(
        row, 1, cosine, Double.NaN, Double.NaN, Map.of(Stage.VECTOR, new Standing(1, cosine, 0)));
  }

  static Place place(double degrees) {
    return new Place("m-3", vector(degrees));
  }

  private static float[] vector(double degrees) {
    double angle = Math.toRadians(degrees);
    return new float[] {(float) Math.cos(angle), (float) Math.sin(angle), 0};
  }
}
