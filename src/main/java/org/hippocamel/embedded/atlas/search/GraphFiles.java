package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.bson.BsonDocument;

/**
 * Sealed rows on disk. A Lucene document is one row: its handle (term and number), its id and
 * filter values, its vector. The commit's user data says which change the rows are complete up to.
 */
final class GraphFiles implements AutoCloseable {
  private static final String ROW = "row";
  private static final String SEQUENCE = "sequence";
  private static final String FORMAT = "format";

  /** Changed whenever older files can no longer be read; they are then rebuilt. */
  private static final String CURRENT_FORMAT = "1";

  private final Directory directory;
  private final VectorField field;

  GraphFiles(Path path, VectorField field) throws IOException {
    directory = FSDirectory.open(path);
    this.field = field;
  }

  /** A row that was sealed; {@code values} holds the id and the filter values. */
  record SealedRow(long handle, BsonDocument values) {}

  /** Adds rows and removes others in one commit. */
  final class Sealing implements AutoCloseable {
    private final IndexWriter writer;

    private Sealing(IndexWriter writer) {
      this.writer = writer;
    }

    void add(long handle, BsonDocument values, float[] vector) throws IOException {
      Document document = new Document();
      document.add(new StringField(VectorGraph.HANDLE, term(handle), Field.Store.NO));
      document.add(new NumericDocValuesField(VectorGraph.HANDLE, handle));
      document.add(new BinaryDocValuesField(ROW, new BytesRef(BsonBytes.encode(values))));
      document.add(new KnnFloatVectorField(VectorGraph.VECTOR, vector, field.similarity().lucene));
      if (field.quantization() == Quantization.BINARY) {
        // Bits are compared by how many differ, whatever the similarity of the field.
        document.add(
            new KnnByteVectorField(
                VectorGraph.BITS, Quantization.bits(vector), VectorSimilarityFunction.EUCLIDEAN));
      }
      writer.addDocument(document);
    }

    void remove(long handle) throws IOException {
      writer.deleteDocuments(new Term(VectorGraph.HANDLE, term(handle)));
    }

    void commit(long sequence) throws IOException {
      writer.setLiveCommitData(
          Map.of(SEQUENCE, Long.toString(sequence), FORMAT, format()).entrySet());
      writer.commit();
    }

    /** Leaves what was not committed behind. */
    @Override
    public void close() throws IOException {
      writer.rollback();
    }
  }

  /**
   * @param fresh starts without the rows of an earlier graph
   */
  Sealing sealing(boolean fresh) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(WideVectors.codec(field))
            .setMergeScheduler(new SerialMergeScheduler())
            .setRAMBufferSizeMB(Math.min(128, Runtime.getRuntime().maxMemory() / (8 << 20)))
            .setUseCompoundFile(false)
            .setOpenMode(
                fresh
                    ? IndexWriterConfig.OpenMode.CREATE
                    : IndexWriterConfig.OpenMode.CREATE_OR_APPEND);
    return new Sealing(new IndexWriter(directory, config));
  }

  /** Files of another quantisation lack what a search would look for. */
  private String format() {
    return field.quantization() == Quantization.NONE
        ? CURRENT_FORMAT
        : CURRENT_FORMAT + "-" + field.quantization();
  }

  /** Null when there is no graph of this format. */
  DirectoryReader open() throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      return null;
    }
    DirectoryReader reader = DirectoryReader.open(directory);
    if (!format().equals(reader.getIndexCommit().getUserData().get(FORMAT))) {
      reader.close();
      return null;
    }
    return reader;
  }

  /** The change the reader's rows are complete up to, -1 when a part was never sealed. */
  static long sequence(DirectoryReader reader) throws IOException {
    return Long.parseLong(reader.getIndexCommit().getUserData().get(SEQUENCE));
  }

  /** The reader's rows in the order of their handles. */
  static List<SealedRow> rows(DirectoryReader reader) throws IOException {
    List<SealedRow> rows = new ArrayList<>(reader.numDocs());
    for (LeafReaderContext leaf : reader.leaves()) {
      NumericDocValues handles = leaf.reader().getNumericDocValues(VectorGraph.HANDLE);
      BinaryDocValues values = leaf.reader().getBinaryDocValues(ROW);
      Bits live = leaf.reader().getLiveDocs();
      for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
        if (live == null || live.get(doc)) {
          handles.advanceExact(doc);
          values.advanceExact(doc);
          rows.add(
              new SealedRow(handles.longValue(), BsonBytes.decodeDocument(values.binaryValue())));
        }
      }
    }
    rows.sort(Comparator.comparingLong(SealedRow::handle));
    return rows;
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }

  private static BytesRef term(long handle) {
    return new BytesRef(ByteBuffer.allocate(Long.BYTES).putLong(handle).array());
  }
}
