package org.hippocamel.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first digits of the hash of a text. */
  static String hex(String text, int digits) {
    return hex(digest().digest(text.getBytes(StandardCharsets.UTF_8)), digits);
  }

  static String hex(byte[] hash, int digits) {
    return HexFormat.of().formatHex(hash).substring(0, digits);
  }
}
