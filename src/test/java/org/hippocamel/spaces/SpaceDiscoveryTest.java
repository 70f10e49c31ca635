package org.hippocamel.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.bson.BinaryVector;
import org.bson.Document;
import org.hippocamel.embedding.EmbedSettings;
import org.hippocamel.embedding.Embedder;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class SpaceDiscoveryTest {
  private static final Space M = new Space("m-3", "m", null, "cls", 3, "query: ", "");

  private final Embedders embedders = EmbedSettings.embedders(EmbedSettings.serving());
  private final Embedder tei = embedders.all().get(0);
  private final SpaceDiscovery discovery =
      new SpaceDiscovery(
          embedders,
          Map.of("tei", new Instructions("query: ", ""), "next", new Instructions("auto", "auto")));

  @Test
  void settle_takesTheDimensionOfTheProbe() {
    assertEquals(List.of(tei), discovery.unknown());
    assertEquals(List.of("probe"), discovery.probe(tei).texts());
    assertEquals("tei", discovery.probe(tei).space());
    assertEquals(M, discovery.settle(tei, vector(3), SpaceList.NONE));
    assertEquals(List.of(), discovery.unknown());
    assertEquals("m-3", tei.space());
    assertEquals(M, discovery.choose(SpaceList.NONE));
  }

  @Test
  void settle_isRefusedWithTheProbe() {
    Problem away = new Problem(ProblemKind.UNAVAILABLE, "away");
    List<Embedding> refused = List.of(new Embedding(null, 0, away));
    assertSame(
        away, assertThrows(Problem.class, () -> discovery.settle(tei, refused, SpaceList.NONE)));
    discovery.unsettled(tei, away);
    assertSame(away, assertThrows(Problem.class, () -> discovery.choose(SpaceList.NONE)));
  }

  @Test
  void settle_keepsTheNameOfTheStoredSpace_andGivesAnotherRevisionANameOfItsOwn() {
    Space renamed = new Space("old-name-3", "m", null, "cls", 3, "", "");
    assertEquals("old-name-3", discovery.settle(tei, vector(3), SpaceList.of(renamed)).id());
    Space other = new Space("m-3", "m", "r1", "cls", 3, "", "");
    Space apart = discovery.settle(tei, vector(3), SpaceList.of(other));
    assertTrue(apart.id().matches("m-3-[0-9a-f]+"), apart.id());
  }

  @Test
  void settle_tellsTwoModelsOfOneNameApart_byTheirVectorsOfTheProbe() {
    discovery.settle(tei, vector(3), SpaceList.NONE);
    List<Document> kept = discovery.keepProbe(M);
    assertEquals("m-3", kept.get(0).get("_id"));
    Document change = kept.get(1).get("$set", Document.class);
    Document row = M.toDocument().append("state", "ready").append("probe", change.get("probe"));
    assertEquals("m-3", discovery.settle(tei, vector(3), SpaceList.of(List.of(row))).id());
    row.append("probe", BinaryVector.floatVector(new float[] {-1, 1, 0}));
    String other = discovery.settle(tei, vector(3), SpaceList.of(List.of(row))).id();
    assertTrue(other.matches("m-3-[0-9a-f]+"), other);
  }

  @Test
  void choose_refusesAnotherDocumentInstruction() {
    discovery.settle(tei, vector(3), SpaceList.NONE);
    Space other = new Space("m-3-1", "m", null, "cls", 3, "query: ", "passage: ");
    Problem problem = assertThrows(Problem.class, () -> discovery.choose(SpaceList.of(other)));
    assertEquals(ProblemKind.CONFLICT, problem.kind());
    assertTrue(problem.getMessage().contains("\"passage: \" before stored texts"));
  }

  @Test
  void choose_refusesAnotherModelAndNamesBoth_andTheWayOut() {
    discovery.settle(tei, vector(3), SpaceList.NONE);
    Space other = new Space("n-4", "acme/n", "r1", "mean", 4, "", "");
    Problem problem = assertThrows(Problem.class, () -> discovery.choose(SpaceList.of(other)));
    assertEquals(ProblemKind.CONFLICT, problem.kind());
    assertEquals(
        "the embedder at tei.url serves m, cls pooling, 3 dimensions, but the memories in this"
            + " database were embedded by acme/n at r1, mean pooling, 4 dimensions; vectors of two"
            + " models cannot be compared. Point TEI_URL at a server of acme/n, and to move the"
            + " memories to the other model NEXT_TEI_URL at its server, then run hippocamel"
            + " reembed; or point MONGODB_DATABASE at a new database",
        problem.getMessage());
  }

  private static List<Embedding> vector(int dimensions) {
    float[] vector = new float[dimensions];
    vector[0] = 1;
    return List.of(new Embedding(vector, 1, null));
  }
}
