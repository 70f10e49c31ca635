package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  @Test
  void of_isTheSameForTheSameBytes(@TempDir Path dir) throws IOException {
    String text = "hé".repeat(100_000);
    Path file = Files.writeString(dir.resolve("a.txt"), text);
    assertEquals(of(text), Fingerprint.of(file));
    assertEquals("e3b0c44298fc1c149afbf4c8996fb924", of("").name());
    assertNotEquals(of(text).name(), of(text + "!").name());
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "one, 1", "'one\n', 1", "'one\ntwo', 2", "'one\n\ntwo\n', 3"})
  void of_countsLines(String text, long lines) {
    assertEquals(lines, of(text).lines());
  }

  private static Fingerprint of(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Fingerprint.of(() -> new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
