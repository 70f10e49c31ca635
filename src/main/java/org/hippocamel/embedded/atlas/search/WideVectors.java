package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.bitvectors.HnswBitVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's HNSW formats for vectors of up to 8192 dimensions. It keeps the delegate's name, so that
 * the files are Lucene's own and are read back by the delegate, found by that name.
 */
final class WideVectors extends KnnVectorsFormat {
  /** Lucene knows 4 and 7; with 7 a dimension takes a byte. */
  private static final int SCALAR_BITS = 7;

  private final KnnVectorsFormat delegate;

  private WideVectors(KnnVectorsFormat delegate) {
    super(delegate.getName());
    this.delegate = delegate;
  }

  static Lucene912Codec codec(VectorField field) {
    KnnVectorsFormat floats = floats(field);
    KnnVectorsFormat bits = new HnswBitVectorsFormat(field.maxEdges(), field.candidates());
    return new Lucene912Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String name) {
        return name.equals(VectorGraph.BITS) ? bits : floats;
      }
    };
  }

  private static KnnVectorsFormat floats(VectorField field) {
    return switch (field.quantization()) {
      case NONE ->
          new WideVectors(new Lucene99HnswVectorsFormat(field.maxEdges(), field.candidates()));
      case SCALAR ->
          new WideVectors(
              new Lucene99HnswScalarQuantizedVectorsFormat(
                  field.maxEdges(), field.candidates(), 1, SCALAR_BITS, false, null, null));
      case BINARY -> new FlatVectors();
    };
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return delegate.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return delegate.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return VectorField.MAX_DIMENSIONS;
  }
}
