package org.hippocamel.cases;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of entries that are the same whenever the same thing is said again. */
final class LogId {
  private static final int BYTES = 16;

  private LogId() {}

  /** 32 hex characters; null is a part of its own. */
  static String of(Object... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Object part : parts) {
        byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
        String length = part == null ? "-" : Integer.toString(bytes.length);
        sha.update((length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of what takes the place of an entry: there is one such place. */
  static String correcting(String entry) {
    return of("corrects", entry);
  }

  /** Of an entry's copy in the history of the case that its own was merged into. */
  static String copy(String entry, String caseKey) {
    return of("copies", entry, caseKey);
  }
}
