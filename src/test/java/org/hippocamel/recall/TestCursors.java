package org.hippocamel.recall;

/** Cursors for tests of several packages. */
public final class TestCursors {
  private TestCursors() {}

  /** As a reply to the request would have given it behind this result. */
  public static Cursor behind(RecallRequest request, int depth, double score, String id) {
    return new Cursor(
        RequestDigest.of(request),
        RequestDigest.hash(TestRounds.SPACE.get().id()),
        depth,
        60,
        TestRounds.NOW,
        TestRounds.CALIBRATION,
        false,
        score,
        id);
  }
}
