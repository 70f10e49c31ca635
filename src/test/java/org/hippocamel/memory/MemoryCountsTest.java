package org.hippocamel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.hippocamel.embedding.Lane;
import org.hippocamel.memory.MemoryCounts.Counted;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;

class MemoryCountsTest {
  private final MemoryCounts counts = new MemoryCounts();
  private final Map<String, LongAdder> heard = new TreeMap<>();

  MemoryCountsTest() {
    counts.tell((counted, count) -> heard.put(name(counted), count));
  }

  @Test
  void count_countsEveryDraft_byWhatBecameOfIt() {
    Writes writes =
        Writes.of(
            new RememberRequest(
                "t",
                Lane.QUERY,
                List.of(Drafts.said("one"), Drafts.said("two"), Drafts.said("two"))),
            Keying.NONE,
            TestSpaces.small(),
            List.of());
    counts.count(writes, "post-interactions");
    Problem no = new Problem(ProblemKind.EMBEDDER_FAILED, "no");
    counts.count(writes.map(write -> write.refused(no)), "post-interactions");
    assertEquals(
        Map.of(
            "interaction post-interactions created", 3L,
            "interaction post-interactions refused", 3L),
        counted());
  }

  @Test
  void count_namesTheEntry_orNone() {
    Writes writes =
        Writes.of(
            new RememberRequest("t", Lane.QUERY, List.of(Drafts.said("one"))),
            Keying.NONE,
            TestSpaces.small(),
            List.of());
    counts.count(writes, "inbox");
    counts.count(writes, null);
    assertEquals(
        Map.of("interaction inbox created", 1L, "interaction none created", 1L), counted());
  }

  private Map<String, Long> counted() {
    Map<String, Long> counted = new TreeMap<>();
    heard.forEach((name, count) -> counted.put(name, count.sum()));
    return counted;
  }

  private static String name(Counted counted) {
    return counted.kind().word() + " " + counted.entry() + " " + counted.status().word();
  }
}
