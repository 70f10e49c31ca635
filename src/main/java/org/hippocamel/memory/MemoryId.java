package org.hippocamel.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Names and fingerprints of memories. The stored {@code _id} is {@code tenant:id}, so that two
 * tenants may use the same id and neither can reach the other's.
 */
public final class MemoryId {
  private static final int ID_BYTES = 16;
  private static final int DIGEST_BYTES = 8;

  private MemoryId() {}

  /** Value of {@code _id}. */
  public static String key(String tenant, String id) {
    return tenant + ":" + id;
  }

  /** The public id in an {@code _id}. */
  public static String id(String key) {
    return key.substring(key.indexOf(':') + 1);
  }

  /** The caller's id, else 32 hex characters of (kind, agent, session, text). */
  static String of(Draft draft) {
    return draft.id() != null
        ? draft.id()
        : sha256(
            ID_BYTES,
            draft.kind().word(),
            draft.agentId(),
            draft.sessionId(),
            normalised(draft.text()));
  }

  /** 64 hex characters of what is embedded; two texts with one hash have one vector. */
  static String hash(Draft draft) {
    return sha256(32, normalised(draft.embedded()));
  }

  /** 16 hex characters of everything else that is stored; tells a change from a repetition. */
  static String digest(Draft draft) {
    Source source = draft.source();
    return sha256(
        DIGEST_BYTES,
        draft.kind().word(),
        draft.agentId(),
        draft.sessionId(),
        new java.util.TreeMap<>(draft.metadata()).toString(),
        Objects.toString(draft.occurredAt()),
        Objects.toString(draft.expiresAt()),
        draft.links().toString(),
        source == null
            ? ""
            : String.join(
                "\n",
                source.id(),
                source.uri(),
                source.title(),
                source.heading(),
                source.record() + "/" + source.chunk() + "/" + source.chunks()));
  }

  private static String normalised(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
  }

  private static String sha256(int bytes, String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        sha.update(Objects.toString(part, "").getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
