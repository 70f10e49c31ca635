package org.hippocamel.memory;

import static org.hippocamel.memory.Drafts.passage;
import static org.hippocamel.memory.Drafts.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryIdTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void key_keepsTenantsApart_andGivesTheIdBack() {
    assertEquals("acme:a:b", MemoryId.key("acme", "a:b"));
    assertEquals("a:b", MemoryId.id("acme:a:b"));
  }

  @Test
  void of_takesTheCallersId() {
    assertEquals("refund-17", MemoryId.of(said("refund-17", "text", Map.of())));
  }

  @Test
  void of_isStable_soThatTheSameThingTwiceIsOneMemory() {
    assertEquals("db4095ae01d05dd18ea7cf31bfd61268", MemoryId.of(said("The refund was paid.")));
    assertEquals(
        MemoryId.of(said("The refund was paid.")), MemoryId.of(said("The refund was paid.")));
  }

  @Test
  void of_takesTwoSpellingsOfUnicodeForOne_andBlanksAtTheEndsForNothing() {
    assertEquals(MemoryId.of(said("caf\u00e9")), MemoryId.of(said(" cafe\u0301\n")));
  }

  @Test
  void of_tellsKindAgentSessionAndTextApart() {
    Draft one = draft(Kind.INTERACTION, "a", "s", "t");
    for (Draft other :
        List.of(
            draft(Kind.PASSAGE, "a", "s", "t"),
            draft(Kind.INTERACTION, "b", "s", "t"),
            draft(Kind.INTERACTION, "a", null, "t"),
            draft(Kind.INTERACTION, "a", "s", "u"))) {
      assertNotEquals(MemoryId.of(one), MemoryId.of(other));
    }
  }

  @Test
  void of_neverTakesOneFieldsEndForTheNextOnesBeginning() {
    assertNotEquals(
        MemoryId.of(draft(Kind.PASSAGE, "a\0b", "c", "t")),
        MemoryId.of(draft(Kind.PASSAGE, "a", "b\0c", "t")));
    assertNotEquals(
        MemoryId.of(draft(Kind.PASSAGE, "a", null, "b")),
        MemoryId.of(draft(Kind.PASSAGE, null, "a", "b")));
    assertNotEquals(
        MemoryId.of(draft(Kind.PASSAGE, "", null, "b")),
        MemoryId.of(draft(Kind.PASSAGE, null, null, "b")));
  }

  @Test
  void hash_isThatOfTheEmbeddedText() {
    // sha256sum of "text"
    assertEquals(
        "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1",
        MemoryId.hash(said("text")));
    assertEquals(
        MemoryId.hash(said("Setup > Ports\nSet it to 8080.")),
        MemoryId.hash(passage("v1", "Setup > Ports", "Set it to 8080.")));
    assertEquals(MemoryId.hash(said("a", "text", Map.of("x", 1L))), MemoryId.hash(said("text")));
  }

  @Test
  void digest_isTheSameForTheSame_whateverTheOrderOfMetadata() {
    Map<String, Object> there = new LinkedHashMap<>();
    there.put("a", 1L);
    there.put("b", "x");
    Map<String, Object> back = new LinkedHashMap<>();
    back.put("b", "x");
    back.put("a", 1L);
    assertEquals(digest(there), digest(back));
    assertTrue(digest(there).matches("[0-9a-f]{16}"));
  }

  @Test
  void digest_tellsMetadataApart_byNameTypeAndBounds() {
    List<Map<String, Object>> all =
        List.of(
            Map.of(),
            Map.of("a", 1L),
            Map.of("a", 1.0),
            Map.of("a", "1"),
            Map.of("a", true),
            Map.of("a", "true"),
            Map.of("a", NOON),
            Map.of("a", NOON.toString()),
            Map.of("a", "1, b=2"),
            Map.of("a", "1", "b", "2"),
            Map.of("a", List.of("x", "y")),
            Map.of("a", List.of("x, y")),
            Map.of("a", "[x, y]"),
            Map.of("a", List.of(NOON)),
            Map.of("b", 1L));
    Map<String, Map<String, Object>> seen = new HashMap<>();
    all.forEach(
        metadata -> {
          Map<String, Object> twin = seen.put(digest(metadata), metadata);
          assertEquals(null, twin, () -> metadata + " against " + twin);
        });
  }

  @Test
  void digest_tellsEveryOtherFieldApart_butNotTheVersionOfTheSource() {
    Draft plain = said("t");
    for (Draft other :
        List.of(
            draft(Kind.PASSAGE, "agent", null, "t"),
            draft(Kind.INTERACTION, "other", null, "t"),
            draft(Kind.INTERACTION, "agent", "s", "t"),
            at(NOON, null, List.of()),
            at(null, NOON, List.of()),
            at(null, null, List.of("a", "b")),
            at(null, null, List.of("a, b")),
            passage("v1", null, "t"))) {
      assertNotEquals(digest(plain), digest(other));
    }
    assertNotEquals(
        digest(at(null, null, List.of("a", "b"))), digest(at(null, null, List.of("a, b"))));
    assertNotEquals(digest(turn(0)), digest(turn(1)));
    assertNotEquals(digest(passage("v1", null, "t")), digest(passage("v1", "H", "t")));
    assertEquals(digest(passage("v1", "H", "t")), digest(passage("v2", "H", "t")));
  }

  @Test
  void digest_tellsKeysApart() {
    assertNotEquals(digest(said("t")), MemoryId.digest(said("t"), List.of("entity:a")));
    assertNotEquals(
        MemoryId.digest(said("t"), List.of("entity:a", "entity:b")),
        MemoryId.digest(said("t"), List.of("entity:a")));
  }

  private static Draft turn(int seq) {
    return new Draft(
        Kind.INTERACTION,
        null,
        "agent",
        "s",
        "t",
        Map.of(),
        null,
        null,
        List.of(),
        null,
        null,
        seq);
  }

  private static String digest(Draft draft) {
    return MemoryId.digest(draft, List.of());
  }

  private static String digest(Map<String, Object> metadata) {
    return digest(said(null, "t", metadata));
  }

  private static Draft at(Instant occurred, Instant expires, List<String> links) {
    return new Draft(
        Kind.INTERACTION, null, "agent", null, "t", Map.of(), occurred, expires, links, null);
  }

  private static Draft draft(Kind kind, String agent, String session, String text) {
    return new Draft(kind, null, agent, session, text, Map.of(), null, null, List.of(), null);
  }
}
