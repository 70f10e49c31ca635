package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's HNSW format for vectors of up to 8192 dimensions. It keeps the delegate's name, so that
 * the files are Lucene's own and are read back by the delegate, found by that name.
 */
final class WideVectors extends KnnVectorsFormat {
  private final KnnVectorsFormat delegate;

  private WideVectors(KnnVectorsFormat delegate) {
    super(delegate.getName());
    this.delegate = delegate;
  }

  static Lucene912Codec codec(VectorField field) {
    KnnVectorsFormat format =
        new WideVectors(new Lucene99HnswVectorsFormat(field.maxEdges(), field.candidates()));
    return new Lucene912Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String name) {
        return format;
      }
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
