package org.hippocamel.embedded.atlas.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * The rows of one vector field as their one writer knows them. A document that is written again
 * gets a new row and its old row dies; rows are never changed, so that queries read the last
 * published {@link RowsView} without a lock. Callers hold the owner's monitor.
 *
 * <pre>
 * row   handle  id   live
 * 0     0       "a"  no     \  sealed: in the graph
 * 1     1       "b"  yes    /
 * 2     2       "a"  yes       in the blocks, scanned
 * </pre>
 *
 * A handle never changes; rows are numbered anew when too many are dead.
 */
final class VectorRows {
  private static final int SPARE_DEAD_ROWS = 1024;

  private final VectorField field;
  private final Path scratch;
  private final List<FilterColumn> dictionaries = new ArrayList<>();
  private final List<String> paths;
  private final Map<BsonValue, Integer> rowOf = new HashMap<>();

  private BsonValue[] ids = new BsonValue[16];
  private long[] handles = new long[16];
  private final List<int[]> codes = new ArrayList<>();
  private RowBits live = new RowBits(16);
  private VectorBlocks vectors;
  private int count;
  private long nextHandle;
  private int sealed;

  VectorRows(VectorField field, List<String> paths, Path scratch) {
    this.field = field;
    this.scratch = scratch;
    this.paths = paths;
    for (String path : paths) {
      dictionaries.add(new FilterColumn(path));
      codes.add(new int[16]);
    }
    vectors = new VectorBlocks(scratch, field.dimensions(), 0);
  }

  /** A new live row of a document, its vector already prepared for the similarity. */
  void add(BsonValue id, BsonDocument document, float[] vector) {
    int row = append(id, nextHandle);
    for (int i = 0; i < dictionaries.size(); i++) {
      FilterColumn dictionary = dictionaries.get(i);
      codes.get(i)[row] = dictionary.encode(dictionary.valueIn(document));
    }
    vectors.put(row, vector);
  }

  /**
   * A row read back from the graph, as {@link RowsView#values} gave it; called for all of them, in
   * the order of their handles.
   */
  void addSealed(long handle, BsonDocument values) {
    int row = append(values.get("id"), handle);
    BsonDocument filters = values.getDocument("filters");
    for (int i = 0; i < dictionaries.size(); i++) {
      codes.get(i)[row] = dictionaries.get(i).encode(filters.get(Integer.toString(i)));
    }
    sealed = count;
    vectors = new VectorBlocks(scratch, field.dimensions(), sealed);
  }

  private int append(BsonValue id, long handle) {
    if (count == ids.length) {
      grow(count * 2);
    }
    ids[count] = id;
    handles[count] = handle;
    live.set(count);
    rowOf.put(BsonBytes.sameId(id), count);
    nextHandle = handle + 1;
    return count++;
  }

  private void grow(int capacity) {
    ids = Arrays.copyOf(ids, capacity);
    handles = Arrays.copyOf(handles, capacity);
    codes.replaceAll(column -> Arrays.copyOf(column, capacity));
    live = live.grown(capacity);
  }

  /**
   * Kills the document's row.
   *
   * @return the row, -1 when there was none
   */
  int remove(BsonValue id) {
    Integer row = rowOf.remove(BsonBytes.sameId(id));
    if (row == null) {
      return -1;
    }
    live.clear(row);
    return row;
  }

  int liveCount() {
    return rowOf.size();
  }

  int count() {
    return count;
  }

  int sealed() {
    return sealed;
  }

  long handle(int row) {
    return handles[row];
  }

  long[] handles() {
    return handles;
  }

  boolean isLive(int row) {
    return live.get(row);
  }

  VectorBlocks vectors() {
    return vectors;
  }

  /** The rows below are in the graph from now on. */
  void sealUpTo(int row) {
    sealed = row;
    vectors = vectors.from(row);
  }

  RowsView view(VectorGraph graph) {
    Map<String, RowsView.Column> columns = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      columns.put(paths.get(i), new RowsView.Column(dictionaries.get(i), codes.get(i)));
    }
    return new RowsView(
        count, live.grown(count), liveCount(), sealed, ids, handles, columns, vectors, graph);
  }

  /** Whether dead rows outnumber the living by enough to be worth {@link #compacted}. */
  boolean wasteful() {
    return count > 2 * liveCount() + SPARE_DEAD_ROWS;
  }

  /**
   * The live rows alone, in the same order and with the same handles.
   *
   * @param newRow filled with the new number of each row, -1 for a dead one; {@code int[count]}
   */
  VectorRows compacted(int[] newRow) {
    VectorRows compacted = new VectorRows(field, paths, scratch);
    int liveSealed = live.countBelow(sealed);
    compacted.vectors = new VectorBlocks(scratch, field.dimensions(), liveSealed);
    compacted.sealed = liveSealed;
    float[] vector = new float[field.dimensions()];
    Arrays.fill(newRow, -1);
    for (int row = live.next(0); row >= 0; row = live.next(row + 1)) {
      newRow[row] = compacted.append(ids[row], handles[row]);
      for (int i = 0; i < dictionaries.size(); i++) {
        compacted.codes.get(i)[newRow[row]] =
            compacted.dictionaries.get(i).encode(dictionaries.get(i).value(codes.get(i)[row]));
      }
      if (row >= sealed) {
        vectors.get(row, vector);
        compacted.vectors.put(newRow[row], vector);
      }
    }
    compacted.nextHandle = nextHandle;
    return compacted;
  }
}
