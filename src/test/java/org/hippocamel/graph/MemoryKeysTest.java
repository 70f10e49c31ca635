package org.hippocamel.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.Source;
import org.junit.jupiter.api.Test;

class MemoryKeysTest {
  private static final MemoryKeys KEYS =
      new MemoryKeys(new Entities(Terms.none(), 3), List.of("tags", "topic"));

  private static Draft said(String session, Integer seq, String text, List<String> links) {
    return new Draft(
        Kind.INTERACTION, "m", "a", session, text, Map.of(), null, null, links, null, null, seq);
  }

  private static Draft passage(String session, long record, int chunk, int chunks) {
    Source source = new Source("src", "a.md", "A", "v1", record, chunk, chunks, "EXP-7");
    return new Draft(
        Kind.PASSAGE, "p", null, session, "nothing", Map.of(), null, null, List.of(), source);
  }

  @Test
  void everyMemory_hasTheKeyThatLinksToItUse() {
    assertEquals(List.of("link:m"), KEYS.keys("m", said(null, null, "hm", List.of())));
    assertEquals(
        List.of("link:m", "link:a", "link:b"),
        KEYS.keys("m", said(null, null, "hm", List.of("a", "b", "a", "m"))));
  }

  @Test
  void turns_shareAKeyWithTheOneBeforeAndTheOneBehind() {
    assertEquals(
        List.of("link:m", "turn:s#1", "session:s"), KEYS.keys("m", said("s", 0, "hm", List.of())));
    assertEquals(
        List.of("link:m", "turn:s#4", "turn:s#5", "session:s"),
        KEYS.keys("m", said("s", 4, "hm", List.of())));
    assertEquals(List.of("link:m", "session:s"), KEYS.keys("m", said("s", null, "hm", List.of())));
  }

  @Test
  void passages_shareAKeyWithTheirNeighboursInTheRecord_andNameWhatTheirHeadingNames() {
    assertEquals(
        List.of("link:p", "passage:src#0.1", "entity:exp-7", "source:src"),
        KEYS.keys("p", passage(null, 0, 0, 3)));
    assertEquals(
        List.of("link:p", "passage:src#0.1", "passage:src#0.2", "entity:exp-7", "source:src"),
        KEYS.keys("p", passage(null, 0, 1, 3)));
    assertEquals(
        List.of("link:p", "passage:src#0.2", "entity:exp-7", "source:src"),
        KEYS.keys("p", passage(null, 0, 2, 3)));
  }

  /** A conversation in a file: a line is a turn. */
  @Test
  void recordsOfASession_areItsTurns() {
    assertEquals(
        List.of(
            "link:p", "turn:s@src#7", "turn:s@src#8", "entity:exp-7", "source:src", "session:s"),
        KEYS.keys("p", passage("s", 7, 0, 1)));
  }

  @Test
  void tags_comeFromTheFieldsThatAreNamed() {
    Draft tagged =
        new Draft(
            Kind.INTERACTION,
            "m",
            "a",
            null,
            "hm",
            Map.of("tags", List.of("VIP", "x", "late  payer"), "topic", "Refund", "other", "no"),
            null,
            null,
            List.of(),
            null);
    assertEquals(
        List.of("link:m", "tag:vip", "tag:late payer", "tag:refund"), KEYS.keys("m", tagged));
  }

  @Test
  void entities_areAsManyAsMayBe() {
    assertEquals(
        List.of("link:m", "entity:e22", "entity:e33", "entity:e44"),
        KEYS.keys("m", said(null, null, "e22 e33 e44 e55", List.of())));
    assertEquals(List.of("entity:e22"), KEYS.entities("what is E22?"));
  }
}
