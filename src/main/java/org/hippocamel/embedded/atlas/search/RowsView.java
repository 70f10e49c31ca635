package org.hippocamel.embedded.atlas.search;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What a query sees: the rows as they were when the view was published. Arrays are shared with the
 * writer, who only writes beyond {@code count}.
 *
 * @param count rows, dead ones included
 * @param live rows whose document still has this vector
 * @param sealed rows below this are in {@code graph}, the others in {@code vectors}
 * @param ids document of each row
 * @param handles name of each row in the graph's files
 * @param columns by filter path, in the definition's order
 * @param graph null while nothing is sealed
 */
record RowsView(
    int count,
    RowBits live,
    int liveCount,
    int sealed,
    BsonValue[] ids,
    long[] handles,
    Map<String, Column> columns,
    VectorBlocks vectors,
    VectorGraph graph) {

  /** A filter path's dictionary and the codes of the rows. */
  record Column(FilterColumn dictionary, int[] codes) {}

  /** The same rows when those below {@code end} have moved into the graph. */
  RowsView sealedUpTo(int end, VectorBlocks scanned, VectorGraph grown) {
    return new RowsView(count, live, liveCount, end, ids, handles, columns, scanned, grown);
  }

  /** The id of a row and its filter values by the number of their path. */
  BsonDocument values(int row) {
    BsonDocument filters = new BsonDocument();
    int number = 0;
    for (Column column : columns.values()) {
      BsonValue value = column.dictionary().value(column.codes()[row]);
      if (value != null) {
        filters.append(Integer.toString(number), value);
      }
      number++;
    }
    return new BsonDocument("id", ids[row]).append("filters", filters);
  }

  /** Rows whose code at {@code path} is in {@code codes}. */
  RowBits withCodes(String path, BitSet codes) {
    RowBits rows = new RowBits(count);
    int[] column = columns.get(path).codes();
    if (codes.cardinality() == 1) {
      int code = codes.nextSetBit(0);
      for (int row = 0; row < count; row++) {
        if (column[row] == code) {
          rows.set(row);
        }
      }
    } else if (!codes.isEmpty()) {
      for (int row = 0; row < count; row++) {
        if (column[row] >= 0 && codes.get(column[row])) {
          rows.set(row);
        }
      }
    }
    return rows;
  }

  /** Rows that have the path at all. */
  RowBits having(String path) {
    RowBits rows = new RowBits(count);
    int[] column = columns.get(path).codes();
    for (int row = 0; row < count; row++) {
      if (column[row] != FilterColumn.MISSING) {
        rows.set(row);
      }
    }
    return rows;
  }

  RowBits withAny(String path, List<BsonValue> values) {
    return withCodes(path, columns.get(path).dictionary().codesOfAny(values));
  }
}
