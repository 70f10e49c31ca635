package org.hippocamel.embedded.atlas.store;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.hippocamel.embedded.atlas.search.DocumentSource.ChangeConsumer;

/**
 * Which document changed, in order, until the search side no longer asks for it.
 *
 * <pre>
 * sequence  entry
 * 41        {n: "hippocamel.memories", i: "a1"}
 * 42        {n: "hippocamel.memories", i: "b7"}
 * </pre>
 */
final class ChangeLog {
  private static final String TRIMMED = "trimmed";

  private final MVMap<Long, byte[]> entries;
  private final MVMap<String, Long> marks;
  private long last;

  ChangeLog(MVMap<Long, byte[]> entries, MVMap<String, Long> marks) {
    this.entries = entries;
    this.marks = marks;
    Long newest = entries.lastKey();
    this.last = Math.max(newest == null ? 0 : newest, trimmed());
  }

  void append(String namespace, BsonValue id) {
    BsonDocument entry = new BsonDocument("n", new BsonString(namespace)).append("i", id);
    entries.put(++last, Documents.bytes(Documents.raw(entry)));
  }

  long last() {
    return last;
  }

  long trimmed() {
    Long trimmed = marks.get(TRIMMED);
    return trimmed == null ? 0 : trimmed;
  }

  /** Changes with {@code after < sequence <= until}. */
  void forEach(long after, long until, ChangeConsumer consumer) {
    Cursor<Long, byte[]> cursor = entries.cursor(after + 1);
    while (cursor.hasNext()) {
      long sequence = cursor.next();
      if (sequence > until) {
        return;
      }
      RawBsonDocument entry = new RawBsonDocument(cursor.getValue());
      consumer.change(sequence, entry.getString("n").getValue(), entry.get("i"));
    }
  }

  /** Forgets changes up to a sequence, at most {@code most} of them; whether more are left. */
  boolean trim(long upTo, int most) {
    Long first = entries.firstKey();
    for (int i = 0; i < most && first != null && first <= upTo; i++) {
      marks.put(TRIMMED, first);
      entries.remove(first);
      first = entries.firstKey();
    }
    return first != null && first <= upTo;
  }
}
