package org.hippocamel.routes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Lines of a file of API keys. */
final class TestKeys {
  private TestKeys() {}

  /** A file of these lines. */
  static Path file(Path folder, String... lines) throws IOException {
    return Files.write(folder.resolve("keys"), List.of(lines));
  }

  static String line(String key, String tenant, String role) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash) + " " + tenant + " " + role;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
