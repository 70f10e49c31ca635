package org.hippocamel.embedded.atlas.store;

import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/**
 * Reads that may run beside a writer: as long as one runs, the file keeps the version it began on.
 * Without this, with a retention time of zero, a commit could overwrite a page being read.
 */
final class Snapshots {
  private final MVStore store;

  Snapshots(MVStore store) {
    this.store = store;
  }

  <T> T read(Supplier<T> reader) {
    MVStore.TxCounter usage = store.registerVersionUsage();
    try {
      return reader.get();
    } finally {
      store.deregisterVersionUsage(usage);
    }
  }
}
