package org.hippocamel.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Names the content of a source: 32 hex digits, the same for the same bytes. */
public final class Fingerprint {
  private static final int DIGITS = 32;
  private static final int READ_SIZE = 64 * 1024;

  private Fingerprint() {}

  /** Of a file, read once and never held. */
  public static String of(Path file) throws IOException {
    return of(() -> Files.newInputStream(file));
  }

  /** Of bytes that are read once and never held. */
  public static String of(Incoming.Content content) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[READ_SIZE];
    try (InputStream in = content.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Sha256.hex(digest.digest(), DIGITS);
  }

  /** Of a text in UTF-8. */
  public static String of(String text) {
    return Sha256.hex(text, DIGITS);
  }
}
