package org.hippocamel.embedded.atlas.search;

import java.util.function.BiConsumer;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** What the search side may ask of the store. All ids are the raw BSON _id values. */
public interface DocumentSource {
  /** The stored document, or null when there is none. */
  RawBsonDocument get(String namespace, BsonValue id);

  /** Every document of a collection, as one consistent snapshot. */
  void forEach(String namespace, BiConsumer<BsonValue, RawBsonDocument> consumer);

  /** The sequence of the last committed change; 0 when there was none. */
  long sequence();

  /** Changes after this sequence are still in the log. */
  long oldestSequence();

  /** The committed changes after a sequence, in order. */
  void changesAfter(long sequence, ChangeConsumer consumer);

  /** Says that changes up to this sequence are no longer needed. */
  void trim(long sequence);

  /** One change: the document with this id was inserted, replaced or deleted. */
  interface ChangeConsumer {
    void change(long sequence, String namespace, BsonValue id);
  }
}
