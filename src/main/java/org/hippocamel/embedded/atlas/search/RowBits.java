package org.hippocamel.embedded.atlas.search;

import java.util.Arrays;

/** A set of rows below a count, as words of 64. */
final class RowBits {
  final long[] words;
  private final int count;

  RowBits(int count) {
    this(new long[(count + 63) >>> 6], count);
  }

  private RowBits(long[] words, int count) {
    this.words = words;
    this.count = count;
  }

  static RowBits all(int count) {
    RowBits bits = new RowBits(count);
    bits.flip();
    return bits;
  }

  RowBits copy() {
    return new RowBits(words.clone(), count);
  }

  boolean get(int row) {
    return (words[row >>> 6] & 1L << row) != 0;
  }

  void set(int row) {
    words[row >>> 6] |= 1L << row;
  }

  void clear(int row) {
    words[row >>> 6] &= ~(1L << row);
  }

  RowBits grown(int newCount) {
    return new RowBits(Arrays.copyOf(words, (newCount + 63) >>> 6), newCount);
  }

  RowBits and(RowBits other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= other.words[i];
    }
    return this;
  }

  RowBits or(RowBits other) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
    return this;
  }

  RowBits flip() {
    for (int i = 0; i < words.length; i++) {
      words[i] = ~words[i];
    }
    if ((count & 63) != 0) {
      words[words.length - 1] &= -1L >>> (64 - (count & 63));
    }
    return this;
  }

  /** The first row at or after {@code from} that is in the set, -1 when there is none. */
  int next(int from) {
    int word = from >>> 6;
    if (word >= words.length) {
      return -1;
    }
    long rest = words[word] & -1L << from;
    while (rest == 0) {
      if (++word == words.length) {
        return -1;
      }
      rest = words[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(rest);
  }

  /** Rows of the set below {@code end}. */
  int countBelow(int end) {
    int found = 0;
    for (int i = 0; i < end >>> 6; i++) {
      found += Long.bitCount(words[i]);
    }
    if ((end & 63) != 0) {
      found += Long.bitCount(words[end >>> 6] & -1L >>> (64 - (end & 63)));
    }
    return found;
  }
}
