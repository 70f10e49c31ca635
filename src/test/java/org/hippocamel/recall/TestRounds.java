package org.hippocamel.recall;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Calibration;
import org.hippocamel.spaces.TestSpaces;

/** Rounds and lists, as the tests of this package make them. */
final class TestRounds {
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final ActiveSpace SPACE = TestSpaces.calibrated(TestSpaces.small(), 0.5, 0.1);

  /** Cosines of unrelated memories: 0.5, give or take 0.1. */
  static final Calibration CALIBRATION = SPACE.calibration();

  static final Question QUESTION =
      Question.of(List.of(new Embedding(new float[] {1, 0, 0}, 1, null)));

  private TestRounds() {}

  /** A first round with lists of sixty. */
  static Round round(RecallRequest request) {
    return round(request, 60);
  }

  static Round round(RecallRequest request, int pool) {
    return new Round(request, TestSpaces.small(), NOW, CALIBRATION, pool, Question.NONE, null);
  }

  static Found found(Candidates... lists) {
    return new Found(Arrays.asList(lists));
  }

  /** Rows with Atlas's scores, (1 + cosine) / 2. */
  static Candidates nearest(Document... rows) {
    return new Candidates(Stage.VECTOR, Arrays.asList(rows), QUESTION);
  }

  /** Rows with BM25 scores. */
  static Candidates words(Document... rows) {
    return new Candidates(Stage.LEXICAL, Arrays.asList(rows));
  }

  static Document row(String id, double score) {
    return new Document("_id", id).append("score", score);
  }

  static List<String> ids(Round round) {
    return round.ranked().page().stream().map(Scored::id).toList();
  }
}
