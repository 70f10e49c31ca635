package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hippocamel.config.PropertyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxFileTest {
  private final Map<String, String> settings = PropertyFile.load(Map.of()).resolved();

  @ParameterizedTest
  @ValueSource(strings = {"a.md", "A.MD", "b c.txt", "x.error.jsonl"})
  void inbox_takesOurExtensions(String name) {
    assertTrue(taken(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.pdf",
        "README",
        ".hidden.md",
        ".md",
        "a.md.part",
        "a.md.tmp",
        "a.jsonl.error.json",
        "~$a.md"
      })
  void inbox_leavesOthers(String name) {
    assertFalse(taken(name));
  }

  @Test
  void inbox_knowsEveryFormat() {
    Arrays.stream(DocumentFormat.values())
        .flatMap(format -> format.extensions().stream())
        .forEach(extension -> assertTrue(taken("x." + extension), extension));
  }

  /** As Camel's file consumer reads the two settings: whole names, without regard to case. */
  private boolean taken(String name) {
    return matches("inbox.include", name) && !matches("inbox.exclude", name);
  }

  private boolean matches(String key, String name) {
    return Pattern.compile(settings.get(key), Pattern.CASE_INSENSITIVE).matcher(name).matches();
  }

  @Test
  void freeName_addsTheTimeOnAClash() {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    assertEquals("a.md", InboxFile.freeName("a.md", now, name -> false));
    assertEquals(
        "a-20260131T120000000.md", InboxFile.freeName("a.md", now, Set.of("a.md")::contains));
    assertEquals(
        "a-20260131T120000000-2.md",
        InboxFile.freeName("a.md", now, Set.of("a.md", "a-20260131T120000000.md")::contains));
    assertEquals("a.md.error.json", InboxFile.errorName("a.md"));
  }

  @Test
  void freeName_leavesRoomForTimeAndErrorSuffix() {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    String longest = "\u00e4".repeat(126) + ".md";
    String free = InboxFile.freeName(longest, now, name -> !name.contains("-2026"));
    assertTrue(free.endsWith("-20260131T120000000.md"), free);
    assertTrue(InboxFile.errorName(free).getBytes(StandardCharsets.UTF_8).length <= 255);
  }
}
