package org.hippocamel.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubgraphTest {
  private static Subgraph hits() {
    Map<String, List<String>> hits = new LinkedHashMap<>();
    hits.put("t:a", List.of("link:a", "entity:e1", "session:s"));
    hits.put("t:b", List.of("link:b", "entity:e1", "tag:x"));
    return Subgraph.of(List.of("entity:asked"), hits);
  }

  private static Subgraph sized() {
    return hits()
        .sized(
            Map.of(
                "entity:asked",
                1,
                "link:a",
                1,
                "entity:e1",
                3,
                "session:s",
                51,
                "link:b",
                2,
                "tag:x",
                40));
  }

  @Test
  void keys_areAskedForOnce_thoseOfTheBestHitsFirst() {
    assertEquals(
        List.of("entity:asked", "link:a", "entity:e1", "session:s", "link:b"), hits().unasked(5));
    assertEquals(List.of(), sized().unasked(100));
  }

  /**
   * One that nobody else has leads nowhere, unless the question names it; a hub leads everywhere.
   */
  @Test
  void rareKeys_areFollowed_theRarestFirst() {
    assertEquals(List.of("entity:asked", "link:b", "entity:e1", "tag:x"), sized().rare(50, 300));
    assertEquals(List.of("entity:asked", "link:b", "entity:e1"), sized().rare(39, 300));
  }

  @Test
  void keys_areFollowedAsLongAsThereIsRoom() {
    assertEquals(List.of("entity:asked", "link:b", "entity:e1"), sized().rare(50, 6));
    assertEquals(List.of("entity:asked", "link:b"), sized().rare(50, 5));
    assertEquals(List.of(), sized().rare(50, 0));
  }

  @Test
  void neighbours_areFoundOneStepFurther_hitsStayHits() {
    Subgraph larger =
        sized()
            .joined(Map.of("t:a", List.of("link:a"), "t:c", List.of("entity:e1", "entity:next")));
    assertEquals(0, larger.hops().get("t:a"));
    assertEquals(1, larger.hops().get("t:c"));
    assertEquals(1, larger.step());
    assertEquals(List.of("entity:next"), larger.unasked(100));
    assertEquals(List.of(), larger.rare(50, 300), "what was followed is not followed again");
    Subgraph further = larger.sized(Map.of("entity:next", 2));
    assertEquals(List.of("entity:next"), further.rare(50, 300));
  }

  @Test
  void members_areThoseOfRareKeysThatSeveralHave() {
    Subgraph larger = sized().joined(Map.of("t:c", List.of("entity:e1", "session:s")));
    assertEquals(Map.of("entity:e1", List.of("t:a", "t:b", "t:c")), larger.members(50));
  }
}
