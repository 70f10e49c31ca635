package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class VariantTest {
  @Test
  void request_ofAContext_asksForNoMoreThanOneHolds() {
    assertEquals(50, Variant.of("hybrid+graph").request("q", 100).get("k").asInt());
    assertEquals(10, Variant.of("hybrid+graph").request("q", 10).get("k").asInt());
    assertEquals(100, Variant.of("hybrid").request("q", 100).get("limit").asInt());
  }

  @Test
  void request_ofAContext_hasTheNamedStageAndNoOther() {
    ObjectNode request = Variant.of("hybrid+graph").request("q", 10);
    assertTrue(request.get("graph").asBoolean());
    assertFalse(request.get("diversity").asBoolean());
    assertFalse(request.get("rerank").asBoolean());
  }
}
