package org.hippocamel.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.hippocamel.RunningBundle;

/** A bundle that asks for API keys, for clients of OpenAI's API that know one. */
final class GatewayBundle {
  static final String KEY = "sk-the-key-of-acme";
  static final String MODEL = "BAAI/bge-small-en-v1.5";
  static final int DIMENSIONS = 384;

  private GatewayBundle() {}

  static StubbedBundle open() {
    Path folder = RunningBundle.newFolder();
    Path keys = folder.resolve("keys");
    try {
      Files.writeString(keys, sha256(KEY) + " acme reader\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return StubbedBundle.open(
        folder,
        Map.of(
            "api.keys-file", keys.toString(),
            "inbox.tenant", "acme",
            "limits.min-dimensions", "64",
            "embed.query-deadline-millis", "1500"));
  }

  private static String sha256(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
