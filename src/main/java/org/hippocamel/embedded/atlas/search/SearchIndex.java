package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * A built index that follows the documents. One thread applies changes; queries and {@link
 * #maintain} run beside it.
 */
interface SearchIndex extends AutoCloseable {
  /** {@link #durable} of an index that is rebuilt from the documents when it is opened. */
  long NOT_KEPT = -1;

  /** Takes a document as it is now, null when it is gone. Queries see it after {@link #publish}. */
  void apply(BsonValue id, RawBsonDocument document);

  /** Makes everything applied visible; it is complete up to the change {@code sequence}. */
  void publish(long sequence);

  /** The change up to which the files are complete: the log is needed after it. */
  long durable();

  /** Changes applied that the files do not have yet make this true, now and then. */
  boolean wantsMaintenance();

  /** Brings the files up to date; slow, one call at a time. */
  void maintain() throws IOException;

  @Override
  void close() throws IOException;
}
