package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.hippocamel.api.Refusals;
import org.junit.jupiter.api.Test;

class FilterFieldsTest {
  @Test
  void indexed_listsEverythingThatIndexesMustDeclare() {
    assertEquals(
        List.of(
            "tenant string",
            "_id string",
            "agent_id string",
            "session_id string",
            "kind string",
            "source.id string",
            "occurred_at date",
            "created_at date",
            "updated_at date",
            "case.status string",
            "case.reward number",
            "case.task_type string",
            "case.tools string",
            "metadata.done boolean",
            "metadata.published date",
            "metadata.topic string",
            "metadata.year number"),
        FilterFields.of(Refusals.schema()).indexed().stream()
            .map(field -> field.path() + " " + field.type().word())
            .toList());
  }

  @Test
  void scope_refusesToBeWithoutTenant() {
    assertThrows(IllegalArgumentException.class, () -> Scope.of(" "));
    assertThrows(IllegalArgumentException.class, () -> new Scope(null, Set.of(), null, null, null));
  }
}
