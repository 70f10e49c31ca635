package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

  @Test
  void of_isTheSameForTheSameBytes(@TempDir Path dir) throws IOException {
    String text = "hé".repeat(100_000);
    Path file = Files.writeString(dir.resolve("a.txt"), text);
    assertEquals(Fingerprint.of(text), Fingerprint.of(file));
    assertEquals("e3b0c44298fc1c149afbf4c8996fb924", Fingerprint.of(""));
    assertNotEquals(Fingerprint.of(text), Fingerprint.of(text + "!"));
  }
}
