package org.hippocamel.embedded.atlas.store;

import java.util.Arrays;
import java.util.Deque;
import org.h2.mvstore.Cursor;
import org.hippocamel.embedded.atlas.store.AccessPath.Stretch;

/** Walks one stretch of an index, forwards or backwards, and gives record numbers. */
final class IndexScan extends Chunked<Long> {
  private static final int AT_A_TIME = 256;

  private final Stretch stretch;
  private final boolean reverse;
  private final Snapshots snapshots;
  private byte[] last;

  IndexScan(Stretch stretch, boolean reverse, Snapshots snapshots) {
    this.stretch = stretch;
    this.reverse = reverse;
    this.snapshots = snapshots;
  }

  @Override
  boolean fetch(Deque<Long> into) {
    return snapshots.read(() -> reverse ? backwards(into) : forwards(into));
  }

  private boolean forwards(Deque<Long> into) {
    byte[] start = last == null ? stretch.range().from() : last;
    Cursor<byte[], byte[]> cursor = stretch.index().entries().cursor(start);
    while (cursor.hasNext()) {
      byte[] entry = cursor.next();
      if (stretch.range().endsBefore(entry)) {
        return false;
      }
      if (take(entry, into)) {
        return true;
      }
    }
    return false;
  }

  private boolean backwards(Deque<Long> into) {
    byte[] start = last == null ? stretch.range().to() : last;
    Cursor<byte[], byte[]> cursor = stretch.index().entries().cursor(start, null, true);
    while (cursor.hasNext()) {
      byte[] entry = cursor.next();
      if (Arrays.compareUnsigned(entry, stretch.range().from()) < 0) {
        return false;
      }
      if (!stretch.range().endsBefore(entry) && take(entry, into)) {
        return true;
      }
    }
    return false;
  }

  /** Whether enough is fetched for now. */
  private boolean take(byte[] entry, Deque<Long> into) {
    if (!Arrays.equals(entry, last)) {
      into.add(SecondaryIndex.record(entry));
      last = entry;
    }
    return into.size() >= AT_A_TIME;
  }
}
