package org.hippocamel.embedded.atlas.search;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Values as bytes, for terms and stored columns. */
final class BsonBytes {
  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private static final int LONGEST_KEY = 1024;
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(BsonBytes::sha256);

  private BsonBytes() {}

  static byte[] encode(BsonDocument document) {
    BasicOutputBuffer buffer = new BasicOutputBuffer(256);
    try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
      CODEC.encode(writer, document, EncoderContext.builder().build());
      return Arrays.copyOf(buffer.getInternalBuffer(), buffer.getPosition());
    }
  }

  static BytesRef encode(BsonValue value) {
    return new BytesRef(encode(new BsonDocument("v", value)));
  }

  /** The term of an {@code _id}: equal numbers of different types are one id. */
  static BytesRef key(BsonValue id) {
    BytesRef key = encode(sameId(id));
    // Lucene's terms end at 32766 bytes, a document's _id does not.
    return key.length <= LONGEST_KEY ? key : new BytesRef(SHA_256.get().digest(key.bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The form of an {@code _id} in which equal ids are equal objects. */
  static BsonValue sameId(BsonValue id) {
    BsonValue canonical = Scalars.canonical(id);
    return canonical == null ? id : canonical;
  }

  static BsonValue decode(BytesRef bytes) {
    return new RawBsonDocument(copy(bytes)).get("v");
  }

  static BsonDocument decodeDocument(BytesRef bytes) {
    return new RawBsonDocument(copy(bytes)).decode(CODEC);
  }

  private static byte[] copy(BytesRef bytes) {
    return Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
  }
}
