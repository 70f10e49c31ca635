package org.hippocamel.ingest;

import java.io.Closeable;
import java.io.IOException;

/** The entries of one source, in its order, read as they are asked for. */
interface Entries extends Closeable {

  /** The next entry, or null at the end. */
  Entry next() throws IOException;
}
