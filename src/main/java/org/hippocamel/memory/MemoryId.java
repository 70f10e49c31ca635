package org.hippocamel.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;

/**
 * Names and fingerprints of memories. The stored {@code _id} is {@code tenant:id}, so that two
 * tenants may use the same id and neither can reach the other's.
 */
public final class MemoryId {
  private static final int ID_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int DIGEST_BYTES = 8;
  private static final DocumentCodec CODEC = new DocumentCodec();

  private MemoryId() {}

  /** Value of {@code _id}. */
  public static String key(String tenant, String id) {
    return tenant + ":" + id;
  }

  /** The public id in an {@code _id}. */
  public static String id(String key) {
    return key.substring(key.indexOf(':') + 1);
  }

  /**
   * The caller's id, else 32 hex characters of (kind, agent, session, text) and of a case's
   * solution: two solutions of one problem are two cases.
   */
  public static String of(Draft draft) {
    if (draft.id() != null) {
      return draft.id();
    }
    Document named =
        new Document("kind", draft.kind().word())
            .append("agent_id", draft.agentId())
            .append("session_id", draft.sessionId())
            .append("text", normalised(draft.text()));
    if (draft.solved() != null) {
      named.append("solution", normalised(draft.solved().solution()));
    }
    return sha256(ID_BYTES, bson(named));
  }

  /** 64 hex characters of what is embedded; two texts with one hash have one vector. */
  static String hash(Draft draft) {
    byte[] text = normalised(draft.embedded()).getBytes(StandardCharsets.UTF_8);
    return sha256(HASH_BYTES, ByteBuffer.wrap(text));
  }

  /**
   * 16 hex characters of everything else that is stored, the keys included: a memory that was
   * stored with other keys, or none, is written again when it comes again.
   */
  static String digest(Draft draft, List<String> keys) {
    Document rest =
        new Document("kind", draft.kind().word())
            .append("agent_id", draft.agentId())
            .append("session_id", draft.sessionId())
            .append("metadata", MemoryRow.metadata(draft.metadata()))
            .append("occurred_at", MemoryRow.bson(draft.occurredAt()))
            .append("expires_at", MemoryRow.bson(draft.expiresAt()))
            .append("links", draft.links())
            .append("source", source(draft.source()))
            .append("seq", draft.seq())
            .append("keys", keys);
    if (draft.solved() != null) {
      rest.append("case", draft.solved().toDocument());
    }
    return sha256(DIGEST_BYTES, bson(rest));
  }

  /** All but the version: a new version with the same passage is no change of the passage. */
  private static Document source(Source source) {
    return source == null
        ? null
        : new Document("id", source.id())
            .append("uri", source.uri())
            .append("title", source.title())
            .append("heading", source.heading())
            .append("record", source.record())
            .append("chunk", source.chunk())
            .append("chunks", source.chunks());
  }

  private static String normalised(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
  }

  /** Names, types and lengths are part of BSON: what differs in any of them differs here. */
  private static ByteBuffer bson(Document fields) {
    return new RawBsonDocument(fields, CODEC).getByteBuffer().asNIO();
  }

  private static String sha256(int bytes, ByteBuffer content) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(content);
      return HexFormat.of().formatHex(sha.digest(), 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
