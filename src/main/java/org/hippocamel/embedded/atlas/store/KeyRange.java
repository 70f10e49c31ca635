package org.hippocamel.embedded.atlas.store;

import java.util.Arrays;

/**
 * A stretch of an index.
 *
 * @param from the first key, inclusive
 * @param to the end, exclusive; null for the end of the index
 */
record KeyRange(byte[] from, byte[] to) {
  /** All keys that begin with these bytes. */
  static KeyRange startingWith(byte[] prefix) {
    return new KeyRange(prefix, after(prefix));
  }

  /** The least key above everything that begins with the prefix. */
  static byte[] after(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xff) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return null;
  }

  boolean endsBefore(byte[] key) {
    return to != null && Arrays.compareUnsigned(key, to) >= 0;
  }
}
