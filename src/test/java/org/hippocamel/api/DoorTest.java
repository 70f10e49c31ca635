package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class DoorTest {
  private final Door door =
      new Door(
          ApiKeys.parse(
              "keys",
              List.of(
                  hash("read-key") + " acme reader",
                  hash("write-key") + " acme writer",
                  hash("admin-key") + " umbrella admin")));

  @Test
  void admit_takesBearerAndApiKeyHeader() {
    assertEquals("acme", door.admit("Bearer read-key", null, "reader").tenant());
    assertEquals("acme", door.admit("bearer  read-key ", "", "reader").tenant());
    assertEquals("umbrella", door.admit("", "admin-key", "writer").tenant());
    assertEquals("umbrella", door.admit("Basic eDp5", "admin-key", "writer").tenant());
  }

  @Test
  void admit_includesSmallerRoles() {
    assertEquals(
        Set.of(Role.READER, Role.WRITER), door.admit("Bearer write-key", null, "reader").roles());
    assertEquals(
        Set.of(Role.READER, Role.WRITER, Role.ADMIN),
        door.admit(null, "admin-key", "admin").roles());
  }

  @Test
  void admit_refusesWithoutKey() {
    for (String nothing : new String[] {null, "", " "}) {
      assertEquals(
          "send an API key: Authorization: Bearer KEY or X-API-Key: KEY",
          refusal(ProblemKind.UNAUTHORISED, nothing, nothing, "reader"));
    }
    refusal(ProblemKind.UNAUTHORISED, "Bearer ", "", "reader");
    refusal(ProblemKind.UNAUTHORISED, "read-key", "", "reader");
    refusal(ProblemKind.UNAUTHORISED, "Bearer " + "x".repeat(5_000), "", "reader");
  }

  @Test
  void admit_neverRepeatsTheKey() {
    String refusal = refusal(ProblemKind.UNAUTHORISED, "Bearer s3cret", null, "reader");
    assertEquals("the API key is not a known one", refusal);
    assertFalse(refusal.contains("s3cret"));
  }

  @Test
  void admit_namesTheMissingRole() {
    assertEquals(
        "this needs the role writer, the API key has reader",
        refusal(ProblemKind.FORBIDDEN, "Bearer read-key", null, "writer"));
    assertEquals(
        "this needs the role admin, the API key has writer",
        refusal(ProblemKind.FORBIDDEN, "Bearer write-key", null, "admin"));
  }

  @Test
  void admit_letsEverybodyInWithoutKeys() {
    Door open = new Door(ApiKeys.none());
    Caller caller = open.admit(null, "whatever", "admin");
    assertEquals(new Caller("default", Set.of(Role.values())), caller);
  }

  @Test
  void admit_refusesAProgrammersRole() {
    assertThrows(IllegalArgumentException.class, () -> door.admit(null, "read-key", "root"));
  }

  @Test
  void caller_hasATenant() {
    assertThrows(IllegalArgumentException.class, () -> Caller.of(" ", Role.READER));
  }

  private String refusal(ProblemKind kind, String authorization, String xApiKey, String role) {
    Problem problem = assertThrows(Problem.class, () -> door.admit(authorization, xApiKey, role));
    assertEquals(kind, problem.kind());
    return problem.getMessage();
  }

  static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
