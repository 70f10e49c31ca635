package org.hippocamel.embedded.atlas.store;

import java.util.Deque;
import java.util.Iterator;
import org.bson.RawBsonDocument;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.hippocamel.embedded.atlas.query.Filter;

/** Reads a whole collection in order of insertion and keeps what matches. */
final class DocumentScan extends Chunked<Stored> {
  /** Enough to make the seek cheap, little enough to hold for every open cursor. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int MAX_READ = 1024;

  private final MVMap<Long, byte[]> records;
  private final Snapshots snapshots;
  private final Filter filter;
  private long next = Long.MIN_VALUE;

  /** Grows from little: whoever wants one document should not wait for a thousand. */
  private int readAhead = 8;

  private DocumentScan(MVMap<Long, byte[]> records, Snapshots snapshots, Filter filter) {
    this.records = records;
    this.snapshots = snapshots;
    this.filter = filter;
  }

  static Iterator<Stored> of(MVMap<Long, byte[]> records, Snapshots snapshots, Filter filter) {
    return new DocumentScan(records, snapshots, filter);
  }

  @Override
  boolean fetch(Deque<Stored> into) {
    return snapshots.read(() -> fetchSome(into));
  }

  private boolean fetchSome(Deque<Stored> into) {
    Cursor<Long, byte[]> cursor = records.cursor(next);
    readAhead = Math.min(MAX_READ, readAhead * 2);
    int bytes = 0;
    int read = 0;
    while (cursor.hasNext()) {
      if (bytes > MAX_BYTES || read++ >= readAhead) {
        return true;
      }
      long record = cursor.next();
      next = record + 1;
      RawBsonDocument document = new RawBsonDocument(cursor.getValue());
      if (filter.matches(document)) {
        into.add(new Stored(record, document));
        bytes += cursor.getValue().length;
      }
    }
    return false;
  }
}
