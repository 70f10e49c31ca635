package org.hippocamel.embedded.atlas.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * An iterator that fetches some elements at a time and holds nothing of the store in between, so
 * that a cursor left open by a client does not keep old versions of the file alive.
 */
abstract class Chunked<T> implements Iterator<T> {
  private final Deque<T> fetched = new ArrayDeque<>();
  private boolean exhausted;

  /** Adds the next few elements; false when there are no more behind them. */
  abstract boolean fetch(Deque<T> into);

  @Override
  public final boolean hasNext() {
    while (fetched.isEmpty() && !exhausted) {
      exhausted = !fetch(fetched);
    }
    return !fetched.isEmpty();
  }

  @Override
  public final T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return fetched.removeFirst();
  }
}
