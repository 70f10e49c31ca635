package org.hippocamel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.Test;

/** The verb that moves memories of a running bundle to another model. */
class ReembedVerbTest {

  @Test
  void reembed_tellsMovesAndGoesBack() {
    StubTei.Options other =
        StubTei.Options.defaults().withModelId("acme/other").withDimensions(256);
    try (StubTei tei = new StubTei();
        StubTei next = new StubTei(other);
        RunningBundle bundle =
            RunningBundle.open(
                Map.of(
                    "tei.url",
                    tei.url(),
                    "next.tei.url",
                    next.url(),
                    "spaces.watch-millis",
                    "50",
                    "job.poll-millis",
                    "50"))) {
      String url = bundle.bundle().url();
      bundle.postJson("/v1/interactions", Map.of("id", "m", "agent_id", "a", "text", "a word"));
      Ran plan = Ran.of("reembed", "--url", url, "--dry-run");
      assertEquals(0, plan.code(), plan.err());
      assertTrue(
          plan.out().contains("other-256 (acme/other): 1 of 1 memories lack a vector"), plan.out());
      assertTrue(plan.out().contains("at the API: $"), plan.out());
      Ran nowhere = Ran.of("reembed", "--url", url, "rollback");
      assertEquals(3, nowhere.code());
      assertTrue(nowhere.err().contains("no space was active before"), nowhere.err());
      Ran moved = Ran.of("reembed", "--url", url, "--wait");
      assertEquals(0, moved.code(), moved.err());
      assertTrue(moved.out().startsWith("done: 1 embedded or cleared, 0 failed"), moved.out());
      assertEquals("other-256", bundle.space());
      Ran spaces = Ran.of("reembed", "--url", url, "spaces");
      assertTrue(spaces.out().startsWith("active    other-256"), spaces.out());
      assertTrue(spaces.out().contains("0 of 1 memories lack a vector"), spaces.out());
      Ran back = Ran.of("reembed", "--url", url, "rollback");
      assertEquals(0, back.code(), back.err());
      assertEquals("bge-small-en-v1_5-384", bundle.space());
      Ran unnamed = Ran.of("reembed", "--url", url, "retire");
      assertEquals(2, unnamed.code());
      Ran active = Ran.of("reembed", "--url", url, "retire", "bge-small-en-v1_5-384");
      assertEquals(3, active.code());
      assertTrue(active.err().contains("is the active one"), active.err());
      Ran retired = Ran.of("reembed", "--url", url, "retire", "other-256", "--wait");
      assertEquals(0, retired.code(), retired.err());
    }
  }
}
