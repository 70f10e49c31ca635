package org.hippocamel.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bson.Document;
import org.hippocamel.embedding.TeiInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceTest {
  @ParameterizedTest
  @CsvSource({
    "BAAI/bge-small-en-v1.5, bge-small-en-v1_5-3",
    "m, m-3",
    "/data/my model.v2, my_model_v2-3",
    "/data/models/, models-3",
    "acme/$where.x, _where_x-3",
    "acme/größe, gr__e-3"
  })
  void id_isAFieldNameWithoutDotsOrBlanks(String model, String id) {
    Space space = of(model, null, "cls", 3);
    assertEquals(id, space.id());
    assertEquals("vectors." + id, space.path());
    assertEquals("vector_" + id, space.index());
  }

  @Test
  void comparable_needsModelRevisionPoolingAndDimensions_notTheInstruction() {
    Space space = of("acme/m", "r1", "cls", 3);
    for (Space other :
        List.of(
            of("other/m", "r1", "cls", 3),
            of("acme/m", "r2", "cls", 3),
            of("acme/m", null, "cls", 3),
            of("acme/m", "r1", "mean", 3),
            of("acme/m", "r1", "cls", 4))) {
      assertFalse(space.comparable(other), other.describe());
      assertFalse(other.comparable(space), other.describe());
    }
    assertTrue(space.comparable(new Space("m-3", "acme/m", "r1", "cls", 3, "another: ", "")));
  }

  @Test
  void documentInstruction_makesAnotherSpace() {
    TeiInfo info = new TeiInfo("acme/e5-base-v2", "r1", "mean", 512, 32, 512, 16_384, true);
    Space without = Space.of(info, 768, new Instructions("auto", ""));
    Space with = Space.of(info, 768, new Instructions("auto", "auto"));
    assertEquals("e5-base-v2-768", without.id());
    assertTrue(with.id().matches("e5-base-v2-768-[0-9a-f]{8}"), with.id());
    assertFalse(with.comparable(without));
    assertEquals("passage: a text", with.asStored("a text"));
    assertEquals("query: ", with.queryInstruction());
    assertEquals(with, Space.from(with.toDocument()));
    assertTrue(with.describe().endsWith("768 dimensions, \"passage: \" before stored texts"));
  }

  @Test
  void from_readsASpaceOfBeforeThereWereDocumentInstructions() {
    Document stored = of("acme/m", null, "cls", 3).toDocument();
    stored.remove("document_instruction");
    assertEquals(of("acme/m", null, "cls", 3), Space.from(stored));
  }

  @Test
  void describe_isOnePhrase() {
    assertEquals(
        "acme/m at r1, cls pooling, 3 dimensions", of("acme/m", "r1", "cls", 3).describe());
    assertEquals("acme/m, mean pooling, 4 dimensions", of("acme/m", null, "mean", 4).describe());
  }

  @Test
  void document_isReadBackAsTheSameSpace() {
    Space space = of("acme/m", null, "last_token", 1_024);
    assertEquals(space, Space.from(space.toDocument()));
  }

  private static Space of(String model, String revision, String pooling, int dimensions) {
    TeiInfo info = new TeiInfo(model, revision, pooling, 512, 32, 512, 16_384, true);
    return Space.of(info, dimensions, new Instructions("query: ", ""));
  }
}
