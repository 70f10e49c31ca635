package org.hippocamel.routes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Lines of a file of API keys. */
final class TestKeys {
  private TestKeys() {}

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
