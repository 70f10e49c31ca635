package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hippocamel.memory.Kind;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;
import org.junit.jupiter.api.Test;

class ShownCasesTest {
  private static final Filter TOPIC = new Filter.Eq("metadata.topic", "x");
  private static final Filter STATUS = new Filter.Eq(FilterFields.CASE_STATUS, "merged");

  @Test
  void casesThatAreShownNoMore_areLeftOut() {
    Filter hidden = new Filter.Nin(FilterFields.CASE_STATUS, List.of("merged", "quarantined"));
    assertEquals(hidden, ShownCases.within(Set.of(), null));
    assertEquals(hidden, ShownCases.within(EnumSet.of(Kind.CASE), null));
    assertEquals(new Filter.And(List.of(TOPIC, hidden)), ShownCases.within(Set.of(), TOPIC));
  }

  @Test
  void searchWithoutCases_isLeftAlone() {
    assertNull(ShownCases.within(EnumSet.of(Kind.INTERACTION, Kind.PASSAGE), null));
  }

  @Test
  void whoAsksByStatus_getsWhatHeAsksFor_howeverDeepHeSaysIt() {
    for (Filter filter :
        List.of(
            STATUS,
            new Filter.Not(STATUS),
            new Filter.And(List.of(TOPIC, new Filter.Or(List.of(TOPIC, STATUS)))))) {
      assertEquals(filter, ShownCases.within(Set.of(), filter));
    }
  }
}
