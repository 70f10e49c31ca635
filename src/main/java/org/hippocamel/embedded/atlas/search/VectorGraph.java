package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.Bits;

/** The sealed rows: a Lucene reader with HNSW graphs, and which row each of its documents is. */
final class VectorGraph {
  static final String VECTOR = "vector";
  static final String BITS = "bits";
  static final String HANDLE = "handle";

  private static final int NO_ROW = -1;

  private final DirectoryReader reader;
  private final int[][] rowOf;
  private final VectorField field;

  private VectorGraph(DirectoryReader reader, int[][] rowOf, VectorField field) {
    this.reader = reader;
    this.rowOf = rowOf;
    this.field = field;
  }

  /**
   * @param handles of the rows from 0, ascending
   */
  static VectorGraph of(DirectoryReader reader, VectorField field, long[] handles, int rows)
      throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    int[][] rowOf = new int[leaves.size()][];
    for (LeafReaderContext leaf : leaves) {
      int[] leafRows = new int[leaf.reader().maxDoc()];
      NumericDocValues handle = leaf.reader().getNumericDocValues(HANDLE);
      Bits live = leaf.reader().getLiveDocs();
      for (int doc = 0; doc < leafRows.length; doc++) {
        handle.advanceExact(doc);
        int row = Arrays.binarySearch(handles, 0, rows, handle.longValue());
        leafRows[doc] = row < 0 || live != null && !live.get(doc) ? NO_ROW : row;
      }
      rowOf[leaf.ord] = leafRows;
    }
    return new VectorGraph(reader, rowOf, field);
  }

  /** The same graph after the rows were numbered anew; {@code NO_ROW} for a row that is gone. */
  VectorGraph renumbered(IntUnaryOperator newRow) {
    int[][] renumbered = new int[rowOf.length][];
    for (int leaf = 0; leaf < rowOf.length; leaf++) {
      renumbered[leaf] =
          Arrays.stream(rowOf[leaf])
              .map(row -> row == NO_ROW ? NO_ROW : newRow.applyAsInt(row))
              .toArray();
    }
    return new VectorGraph(reader, renumbered, field);
  }

  /** Keeps the reader open until {@link #release}; false when it is closed already. */
  boolean acquire() {
    return reader.tryIncRef();
  }

  void release() {
    try {
      reader.decRef();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Offers the rows nearest to the query as the graphs find them. */
  void search(float[] query, int candidates, RowBits accepted, NearestRows nearest) {
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        int[] rows = rowOf[leaf.ord];
        int inLeaf = 0;
        for (int row : rows) {
          inLeaf += row != NO_ROW && accepted.get(row) ? 1 : 0;
        }
        if (inLeaf <= candidates
            || !searchLeaf(leaf, query, candidates, accepted, inLeaf, nearest)) {
          scanLeaf(leaf, query, accepted, nearest);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** False, with nothing offered, when the graph walk gave up or lost accepted rows. */
  private boolean searchLeaf(
      LeafReaderContext leaf,
      float[] query,
      int candidates,
      RowBits accepted,
      int inLeaf,
      NearestRows nearest)
      throws IOException {
    int[] rows = rowOf[leaf.ord];
    // A walk that visits more nodes than a scan would read is not worth finishing.
    Bits among = new AcceptedDocs(rows, accepted);
    boolean binary = field.quantization() == Quantization.BINARY;
    LeafReader reader = leaf.reader();
    TopDocs found =
        binary
            ? reader.searchNearestVectors(BITS, Quantization.bits(query), candidates, among, inLeaf)
            : reader.searchNearestVectors(VECTOR, query, candidates, among, inLeaf);
    if (found.totalHits.relation != TotalHits.Relation.EQUAL_TO
        || found.scoreDocs.length < candidates) {
      return false;
    }
    if (binary) {
      rescore(reader, query, found.scoreDocs, rows, nearest);
    } else {
      for (ScoreDoc hit : found.scoreDocs) {
        nearest.offer(rows[hit.doc], hit.score);
      }
    }
    return true;
  }

  /** Offers what a walk over bits found, with the scores of the floats. */
  private void rescore(
      LeafReader reader, float[] query, ScoreDoc[] found, int[] rows, NearestRows nearest)
      throws IOException {
    FloatVectorValues vectors = reader.getFloatVectorValues(VECTOR);
    Arrays.sort(found, Comparator.comparingInt(hit -> hit.doc)); // they are read forwards only
    for (ScoreDoc hit : found) {
      vectors.advance(hit.doc);
      nearest.offer(rows[hit.doc], field.similarity().score(query, vectors.vectorValue()));
    }
  }

  /** Offers every accepted row with its score. */
  void scan(float[] query, RowBits accepted, NearestRows nearest) {
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        scanLeaf(leaf, query, accepted, nearest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void scanLeaf(
      LeafReaderContext leaf, float[] query, RowBits accepted, NearestRows nearest)
      throws IOException {
    int[] rows = rowOf[leaf.ord];
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(VECTOR);
    for (int doc = 0; doc < rows.length; doc++) {
      if (rows[doc] != NO_ROW && accepted.get(rows[doc]) && vectors.advance(doc) == doc) {
        nearest.offer(rows[doc], field.similarity().score(query, vectors.vectorValue()));
      }
    }
  }

  private record AcceptedDocs(int[] rows, RowBits accepted) implements Bits {
    @Override
    public boolean get(int doc) {
      return rows[doc] != NO_ROW && accepted.get(rows[doc]);
    }

    @Override
    public int length() {
      return rows.length;
    }
  }
}
