package org.hippocamel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MemoryTallyTest {
  private final MemoryTally tally = new MemoryTally();

  @Test
  void pipeline_looksAtTheTenantAlone() {
    assertEquals(
        new Document("$match", new Document("tenant", "bakery")), tally.pipeline("bakery").get(0));
  }

  @Test
  void byKind_hasEveryKind() {
    assertEquals(
        Map.of(Kind.INTERACTION, 0L, Kind.PASSAGE, 3L, Kind.CASE, 0L),
        tally.byKind(List.of(new Document("_id", "passage").append("memories", 3))));
  }
}
