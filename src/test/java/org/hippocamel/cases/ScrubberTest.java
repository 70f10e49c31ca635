package org.hippocamel.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hippocamel.config.CaseSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {
  private static final Scrubber SCRUBBER = Scrubber.of(TestLog.settings().guard());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the key AKIAIOSFODNN7EXAMPLE leaked | the key [secret] leaked",
        "use ghp_abcdefghijklmnopqrstuvwxyz0123456789AB now | use [secret] now",
        "OPENAI=sk-proj-abcdefghijklmnopqrstuvwx | OPENAI=[secret]",
        "Authorization: Bearer abcdef0123456789abcdef | Authorization: Bearer [secret]",
        "mongodb+srv://bob:hunter2@cluster/ | mongodb+srv://bob:[secret]@cluster/",
        "password=hunter2! and more | password=[secret] and more",
        "api_key: 'a1b2c3d4' | api_key: '[secret]'",
        "{\"client_secret\": \"s3cr3t-value\"} | {\"client_secret\": \"[secret]\"}"
      })
  void text_losesItsSecrets(String text, String clean) {
    assertEquals(clean, SCRUBBER.text(text));
    assertEquals(clean, SCRUBBER.text(clean), "twice is the same as once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I forgot my password: please reset it",
        "The secret: patience",
        "see https://example.org/a:b and mail me@example.org",
        "task-1 uses sk-1 and a bearer of news",
        "The token expires after 30 days"
      })
  void text_keepsPlainWords(String text) {
    assertEquals(text, SCRUBBER.text(text));
  }

  @Test
  void privateKey_goesAsAWhole() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----";
    assertEquals("before [secret] after", SCRUBBER.text("before " + key + " after"));
  }

  @Test
  void pass_countsWhatItTakesOut_alsoOfMetadata() {
    Scrubber.Pass pass = SCRUBBER.pass();
    assertNull(pass.text(null));
    pass.text("password=hunter2! AKIAIOSFODNN7EXAMPLE");
    Map<String, Object> metadata =
        pass.metadata(
            Map.of("note", "secret=abc123def", "year", 2026L, "tags", List.of("a", "pwd=x1y2z3")));
    assertEquals(
        Map.of("note", "secret=[secret]", "year", 2026L, "tags", List.of("a", "pwd=[secret]")),
        metadata);
    assertEquals(4, pass.count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a-", "password=", "x://", "-----BEGIN PRIVATE KEY-----", "eyJabcdefghij."})
  void text_ofAnyKindTakesNotLong(String part) {
    String text = part.repeat(32_000 / part.length());
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> SCRUBBER.text(text));
  }

  @Test
  void patterns_thatAreWrongAreAllNamed() {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> Scrubber.parse("file", List.of("# ok", "a(", "b", "[")));
    assertTrue(wrong.getMessage().startsWith("cases.scrub-patterns file is wrong:\n  line 2: "));
    assertTrue(wrong.getMessage().contains("\n  line 4: "), wrong.getMessage());
    CaseSettings.Guard missing =
        new CaseSettings.Guard("writer", 1, 1, 1, true, Optional.of(Path.of("no-such-file")));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Scrubber.of(missing))
            .getMessage()
            .startsWith("cases.scrub-patterns no-such-file cannot be read"));
  }

  @Test
  void nothing_isTakenOutWhereThatIsWanted() {
    CaseSettings.Guard none = new CaseSettings.Guard("writer", 1, 1, 1, false, Optional.empty());
    assertEquals("password=hunter2!", Scrubber.of(none).text("password=hunter2!"));
  }
}
