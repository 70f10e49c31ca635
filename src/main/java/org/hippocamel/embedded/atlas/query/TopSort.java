package org.hippocamel.embedded.atlas.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Sorts in memory, and keeps no more than are wanted. Equal elements stay in their order. */
public final class TopSort {
  /** MongoDB's bound on a sort that may not use the disk. */
  private static final long MAX_BYTES = 100L * 1024 * 1024;

  private final SortOrder order;
  private final long limit;

  /**
   * @param limit how many of the first are wanted; 0 for all
   */
  public TopSort(SortOrder order, long limit) {
    this.order = order;
    this.limit = limit == 0 ? Long.MAX_VALUE : limit;
  }

  private record Entry<T>(List<BsonValue> keys, long position, T element, long bytes) {}

  public <T> Iterator<T> sort(
      Iterator<T> elements, Function<T, BsonDocument> document, ToLongFunction<T> size) {
    Comparator<Entry<T>> byKeys = (a, b) -> order.compare(a.keys, b.keys);
    Comparator<Entry<T>> comparator = byKeys.thenComparingLong(Entry::position);
    PriorityQueue<Entry<T>> kept = new PriorityQueue<>(comparator.reversed());
    long bytes = 0;
    for (long position = 0; elements.hasNext(); position++) {
      T element = elements.next();
      List<BsonValue> keys = order.of(document.apply(element));
      kept.add(new Entry<>(keys, position, element, size.applyAsLong(element)));
      bytes += size.applyAsLong(element);
      bytes -= kept.size() > limit ? kept.poll().bytes() : 0;
      requireMemory(bytes);
    }
    List<Entry<T>> sorted = new ArrayList<>(kept);
    sorted.sort(comparator);
    return sorted.stream().map(Entry::element).iterator();
  }

  private static void requireMemory(long bytes) {
    if (bytes > MAX_BYTES) {
      throw ErrorCode.QUERY_EXCEEDED_MEMORY_LIMIT.because(
          "Sort exceeded memory limit of "
              + MAX_BYTES
              + " bytes: give a limit, or an index in the sort's order");
    }
  }
}
