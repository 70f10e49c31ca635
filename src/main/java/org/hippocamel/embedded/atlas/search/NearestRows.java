package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.BsonValue;

/**
 * The best {@code limit} rows seen so far: a binary heap with the worst on top. Rows of equal score
 * are ordered by their ids' bytes, so that the same documents give the same answer whatever order
 * they were written in.
 */
final class NearestRows {
  private final BsonValue[] ids;
  private final int[] rows;
  private final float[] scores;
  private int size;

  NearestRows(int limit, BsonValue[] ids) {
    this.ids = ids;
    rows = new int[limit];
    scores = new float[limit];
  }

  void offer(int row, float score) {
    if (size < rows.length) {
      set(size, row, score);
      up(size++);
    } else if (score >= scores[0] && worse(rows[0], scores[0], row, score)) {
      set(0, row, score);
      down(0);
    }
  }

  int size() {
    return size;
  }

  /** Empties the heap: best first. */
  List<Hit> drain() {
    List<Hit> hits = new ArrayList<>(size);
    while (size > 0) {
      hits.add(new Hit(ids[rows[0]], scores[0]));
      size--;
      set(0, rows[size], scores[size]);
      down(0);
    }
    Collections.reverse(hits);
    return hits;
  }

  private void up(int from) {
    int at = from;
    while (at > 0 && worse(at, (at - 1) / 2)) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void down(int from) {
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && worse(child + 1, child)) {
        child++;
      }
      if (!worse(child, at)) {
        return;
      }
      swap(at, child);
      at = child;
    }
  }

  private boolean worse(int a, int b) {
    return worse(rows[a], scores[a], rows[b], scores[b]);
  }

  private boolean worse(int rowA, float scoreA, int rowB, float scoreB) {
    return scoreA != scoreB
        ? scoreA < scoreB
        : BsonBytes.key(ids[rowA]).compareTo(BsonBytes.key(ids[rowB])) > 0;
  }

  private void swap(int a, int b) {
    int row = rows[a];
    float score = scores[a];
    set(a, rows[b], scores[b]);
    set(b, row, score);
  }

  private void set(int at, int row, float score) {
    rows[at] = row;
    scores[at] = score;
  }
}
