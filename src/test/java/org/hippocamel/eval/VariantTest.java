package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VariantTest {
  private static String request(String variant) {
    return Variant.of(variant).request("q", 10).toString().replace('"', '\'');
  }

  @Test
  void search_isAskedWithWhatTheVariantNames() {
    assertFalse(Variant.of("hybrid+rerank").context());
    assertEquals(
        "{'mode':'hybrid','rerank':true,'lexical_weight':0.2,'query':'q','limit':10}",
        request("hybrid+rerank:lexical_weight=0.2"));
  }

  @Test
  void stagesOfContexts_areAskedAlone() {
    assertTrue(Variant.of("hybrid+graph").context());
    assertEquals(
        "{'mode':'hybrid','graph':true,'query':'q','diversity':false,'rerank':false,'k':10,"
            + "'token_budget':32000}",
        request("hybrid+graph"));
    assertEquals(
        "{'mode':'vector','diversity':true,'rerank':true,'query':'q','graph':false,'k':10,"
            + "'token_budget':32000}",
        request("vector+diversity+rerank"));
  }

  @Test
  void fieldsOfAStage_haveADot() {
    assertEquals(
        "{'mode':'hybrid','graph':{'hops':2,'weight':0.3},'query':'q','diversity':false,"
            + "'rerank':false,'k':10,'token_budget':32000}",
        request("hybrid+graph:graph.hops=2:graph.weight=0.3"));
  }

  @Test
  void whatIsNoVariant_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Variant.of("hybrid+"));
    assertThrows(IllegalArgumentException.class, () -> Variant.of("Hybrid"));
  }
}
