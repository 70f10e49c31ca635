package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownFieldsTest {
  private static final List<String> KNOWN =
      List.of("agent_id", "session_id", "id", "text", "metadata", "limit");

  @ParameterizedTest
  @CsvSource({
    "agentid, agent_id",
    "agentId, agent_id",
    "AGENT-ID, agent_id",
    "agnet_id, agent_id",
    "agent, agent_id",
    "sesion_id, session_id",
    "meta_data, metadata",
    "metdata, metadata",
    "txt, text",
    "Text, text",
    "limits, limit",
    "top_limit,"
  })
  void nearest_findsSlips(String name, String meant) {
    assertEquals(Optional.ofNullable(meant), KnownFields.nearest(name, KNOWN));
  }

  @Test
  void nearest_guessesNothingFarAway() {
    for (String name : List.of("", "colour", "xy", "reagents", "a".repeat(100_000))) {
      assertEquals(Optional.empty(), KnownFields.nearest(name, KNOWN), name);
    }
  }
}
