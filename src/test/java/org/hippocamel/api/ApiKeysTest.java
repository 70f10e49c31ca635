package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
  @Test
  void parse_skipsCommentsAndBlankLines() {
    ApiKeys keys =
        ApiKeys.parse(
            "keys",
            List.of(
                "# who may what",
                "",
                "  " + DoorTest.hash("k1") + "\tacme   writer  # the crawler",
                DoorTest.hash("k2").toUpperCase(Locale.ROOT) + " umbrella-2 ADMIN"));
    assertFalse(keys.open());
    assertEquals(Optional.of(Caller.of("acme", Role.WRITER)), keys.caller("k1"));
    assertEquals(Optional.of(Caller.of("umbrella-2", Role.ADMIN)), keys.caller("k2"));
    assertEquals(Optional.empty(), keys.caller("k3"));
  }

  @Test
  void parse_namesEveryFaultyLine() {
    String hash = DoorTest.hash("k");
    assertEquals(
        "api.keys-file keys is wrong:\n"
            + "  line 1: the hash must be 64 hex digits, has 9 characters; make it with:"
            + " printf %s \"$KEY\" | sha256sum\n"
            + "  line 3: expected <sha-256 of the key> <tenant> <role>, got 4 words\n"
            + "  line 4: the tenant must be 1 to 63 of a-z, 0-9 and - and not begin with -:"
            + " \"Acme\"\n"
            + "  line 5: the role must be reader, writer or admin: \"root\"\n"
            + "  line 7: the same key stands on an earlier line",
        refusal(
            "plain-key acme reader",
            "#",
            hash + " - acme reader",
            hash + " Acme reader",
            hash + " acme root",
            hash + " acme reader",
            hash.toUpperCase(Locale.ROOT) + " other admin"));
  }

  @Test
  void parse_neverRepeatsTheFirstWord() {
    assertFalse(refusal("plain-key acme reader", "other-key").contains("-key "));
  }

  @Test
  void parse_boundsTenants() {
    String hash = DoorTest.hash("k") + " ";
    ApiKeys.parse("keys", List.of(hash + "a".repeat(63) + " reader"));
    assertTrue(refusal(hash + "a".repeat(64) + " reader").contains("the tenant must be"));
    assertTrue(refusal(hash + "-a reader").contains("the tenant must be"));
    assertTrue(refusal(hash + "a:b reader").contains("the tenant must be"));
  }

  @Test
  void parse_refusesAFileWithoutKeys() {
    assertEquals(
        "api.keys-file keys is wrong:\n  it names no key; nobody could get in", refusal("# none"));
  }

  @Test
  void read_readsAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("keys");
    Files.writeString(file, DoorTest.hash("k") + " acme reader\n");
    assertTrue(ApiKeys.read(file).caller("k").isPresent());
    Path missing = directory.resolve("missing");
    String message =
        assertThrows(IllegalArgumentException.class, () -> ApiKeys.read(missing)).getMessage();
    assertTrue(message.startsWith("api.keys-file " + missing + " cannot be read"), message);
  }

  @Test
  void hash_isThatOfSha256sum() {
    assertEquals(
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
        DoorTest.hash("password"));
  }

  private static String refusal(String... lines) {
    return assertThrows(IllegalArgumentException.class, () -> ApiKeys.parse("keys", List.of(lines)))
        .getMessage();
  }
}
