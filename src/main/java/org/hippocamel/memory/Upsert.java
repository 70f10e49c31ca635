package org.hippocamel.memory;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;

/**
 * A row's change as it goes to the store: encoded once, by the caller's thread, for the bulk that
 * it travels in has to know its size.
 *
 * @param bytes of the encoded change
 */
record Upsert(WriteModel<Document> model, int bytes) {
  /** The largest document MongoDB takes. */
  static final int LARGEST = 16 * 1024 * 1024;

  /** What a statement holds beside the change: the filter on {@code _id} and its own fields. */
  private static final int FRAME = 1_024;

  private static final DocumentCodec CODEC = new DocumentCodec();

  static Upsert of(UpdateOneModel<Document> change) {
    RawBsonDocument encoded = new RawBsonDocument((Document) change.getUpdate(), CODEC);
    return new Upsert(
        new UpdateOneModel<>(change.getFilter(), encoded, change.getOptions()),
        FRAME + encoded.getByteBuffer().remaining());
  }

  boolean fits() {
    return bytes <= LARGEST;
  }
}
