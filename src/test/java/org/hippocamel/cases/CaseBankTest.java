package org.hippocamel.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.config.VectorSettings;
import org.hippocamel.config.VectorSettings.Encoding;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.Solved;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaseBankTest {
  private static final Space SPACE =
      new Space("m-3", "acme/m", null, "cls", 3, "query: ", "passage: ");
  private static final NewCase MADE =
      new NewCase(
          "acme",
          new Draft(
              Kind.CASE,
              null,
              null,
              null,
              "it leaks",
              Map.of(),
              null,
              null,
              List.of(),
              null,
              new Solved("mend it", List.of(), null, List.of()),
              null),
          List.of(),
          0,
          true);

  private static CaseBank bank(Encoding encoding) {
    return new CaseBank(
        TestSpaces.active(SPACE), TestLog.settings(), new VectorSettings(encoding, 2));
  }

  @Test
  void problem_isEmbeddedAsItWillBeStored() {
    assertEquals(List.of("passage: it leaks"), bank(Encoding.FLOAT32).problem(MADE, SPACE).texts());
  }

  @ParameterizedTest
  @EnumSource
  void nearPipeline_decidesByScoresOfTheFloats(Encoding encoding) {
    Embedding problem = new Embedding(new float[] {1, 0, 0}, 1, null);
    Document stage =
        ((Document) bank(encoding).nearPipeline(MADE, List.of(problem), SPACE).get(0))
            .get("$vectorSearch", Document.class);
    if (encoding == Encoding.INT8) {
      assertEquals(true, stage.get("exact"));
      assertFalse(stage.containsKey("numCandidates"));
    } else {
      assertEquals(200, stage.get("numCandidates"));
      assertFalse(stage.containsKey("exact"));
    }
  }
}
