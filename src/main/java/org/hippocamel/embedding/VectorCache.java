package org.hippocamel.embedding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Vectors of texts that callers asked for before, bounded by bytes; what is asked for often stays.
 * Texts are kept as their SHA-256 only. Thread-safe.
 */
public final class VectorCache {
  /** What key, entry and the cache's own bookkeeping take, estimated from their fields. */
  private static final int OVERHEAD_BYTES = 250;

  private final Cache<Key, Embedding> vectors;

  /**
   * @param space what the vectors belong to
   * @param text SHA-256
   */
  private record Key(String space, ByteBuffer text) {}

  /**
   * @param bytes that vectors may take; 0 for no cache
   */
  public VectorCache(long bytes) {
    this.vectors =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key key, Embedding embedding) -> weight(embedding))
            .build();
  }

  private static int weight(Embedding embedding) {
    return OVERHEAD_BYTES + Float.BYTES * embedding.vector().length;
  }

  /** The embedding of a text in a space, or null. */
  Embedding get(String space, String text) {
    return vectors.getIfPresent(key(space, text));
  }

  void put(String space, String text, Embedding embedding) {
    vectors.put(key(space, text), embedding);
  }

  private static Key key(String space, String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return new Key(space, ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Entries held now; after pending evictions. */
  long size() {
    vectors.cleanUp();
    return vectors.estimatedSize();
  }
}
