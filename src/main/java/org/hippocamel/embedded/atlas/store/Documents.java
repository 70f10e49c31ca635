package org.hippocamel.embedded.atlas.store;

import java.util.Arrays;
import org.bson.BsonDocument;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Between documents and their bytes. */
public final class Documents {
  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private Documents() {}

  public static RawBsonDocument raw(BsonDocument document) {
    return document instanceof RawBsonDocument raw ? raw : new RawBsonDocument(document, CODEC);
  }

  /** The document's own bytes, without what may lie around them in a message. */
  public static byte[] bytes(RawBsonDocument document) {
    ByteBuf buffer = document.getByteBuffer();
    int start = buffer.position();
    return Arrays.copyOfRange(buffer.array(), start, start + buffer.remaining());
  }

  public static int size(BsonDocument document) {
    return raw(document).getByteBuffer().remaining();
  }
}
