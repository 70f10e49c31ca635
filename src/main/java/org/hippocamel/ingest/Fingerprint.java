package org.hippocamel.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Names the content of a source.
 *
 * @param name 32 hex digits, the same for the same bytes
 * @param lines how many it has, blank ones included
 */
public record Fingerprint(String name, long lines) {
  private static final int DIGITS = 32;
  private static final int READ_SIZE = 64 * 1024;

  /** Of a file, read once and never held. */
  public static Fingerprint of(Path file) throws IOException {
    return of(() -> Files.newInputStream(file));
  }

  /** Of bytes that are read once and never held. */
  public static Fingerprint of(Incoming.Content content) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[READ_SIZE];
    long lines = 0;
    byte last = '\n';
    try (InputStream in = content.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        lines += lineBreaks(buffer, read);
        last = read > 0 ? buffer[read - 1] : last;
      }
    }
    return new Fingerprint(Sha256.hex(digest.digest(), DIGITS), last == '\n' ? lines : lines + 1);
  }

  private static long lineBreaks(byte[] buffer, int length) {
    long count = 0;
    for (int i = 0; i < length; i++) {
      count += buffer[i] == '\n' ? 1 : 0;
    }
    return count;
  }
}
