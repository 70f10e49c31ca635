package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VectorCacheTest {
  private static final Embedding VECTOR = Embedding.of(new float[384], 3);

  @Test
  void get_knowsTextsOfTheSameSpaceOnly() {
    VectorCache cache = new VectorCache(1_000_000);
    cache.put("m", "text", VECTOR);
    assertSame(VECTOR, cache.get("m", "text"));
    assertNull(cache.get("n", "text"));
    assertNull(cache.get("m", "other"));
  }

  @Test
  void put_keepsWithinItsBytes() {
    int bytes = 1_000_000;
    VectorCache cache = new VectorCache(bytes);
    for (int text = 0; text < 5_000; text++) {
      cache.put("m", "text " + text, VECTOR);
    }
    int most = bytes / (384 * Float.BYTES);
    assertTrue(cache.size() > most / 2 && cache.size() <= most, cache.size() + " entries");
  }

  @Test
  void noBytes_keepNothing() {
    VectorCache cache = new VectorCache(0);
    cache.put("m", "text", VECTOR);
    assertEquals(0, cache.size());
  }
}
