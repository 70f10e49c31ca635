package org.hippocamel.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerankAnswerTest {
  @Test
  void parse_putsScoresToTheirTexts() {
    assertArrayEquals(
        new float[] {0.25f, 1, -3.5f},
        parse(
            "[{\"index\":1,\"score\":1},{\"score\":0.25,\"text\":\"t\",\"index\":0,\"x\":[{}]},"
                + "{\"index\":2,\"score\":-3.5}]",
            3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error":"no"}                                   | something else than a list of scores
          []                                               | 0 scores for 2 texts
          [{"index":0,"score":1}]                          | 1 scores for 2 texts
          [{"index":0,"score":1},{"index":0,"score":1}]    | a score for text 0 of 2
          [{"index":0,"score":1},{"index":2,"score":1}]    | a score for text 2 of 2
          [{"index":0,"score":1},{"index":-1,"score":1}]   | a score for text -1 of 2
          [{"index":0,"score":1},{"score":1}]              | a score for text -1 of 2
          [{"index":0,"score":1},{"index":"1","score":1}]  | a score for text -1 of 2
          [{"index":0,"score":1},{"index":1,"score":null}] | a score that is no number
          [{"index":0,"score":1},{"index":1,"score":"1"}]  | a score that is no number
          [{"index":0,"score":1},{"index":1}]              | a score that is no number
          [{"index":0,"score":1},{"index":1,"score":1e99}] | a score that is no number
          [{"index":0,"score":1},[1]]                      | 1 scores for 2 texts
          """)
  void parse_refusesWhatIsNotOneScoreForEachText(String body, String what) {
    Problem problem = assertThrows(Problem.class, () -> parse(body, 2));
    assertEquals(ProblemKind.RERANKER_FAILED, problem.kind());
    assertEquals("the reranker answered with " + what, problem.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[{\"index\":0,\"score\":1}", "[{\"index\":0,\"score\":NaN}]", "<html>"})
  void parse_refusesWhatIsNoJson(String body) {
    Problem problem = assertThrows(Problem.class, () -> parse(body, 1));
    assertEquals("the reranker's answer is not a list of scores", problem.getMessage());
  }

  private static float[] parse(String body, int texts) {
    return RerankAnswer.parse(body.getBytes(), texts);
  }
}
