package org.hippocamel.embedded.atlas;

import java.net.Inet6Address;
import java.time.Duration;
import org.hippocamel.embedded.atlas.command.Commands;
import org.hippocamel.embedded.atlas.command.Cursors;
import org.hippocamel.embedded.atlas.search.SearchIndexes;
import org.hippocamel.embedded.atlas.store.DocumentStore;
import org.hippocamel.embedded.atlas.wire.WireServer;

/**
 * A MongoDB server with Atlas search, for one machine and one process. It serves from {@link
 * #start} to {@link #close}, and whatever it has acknowledged is there after the next start,
 * however it ended.
 */
public final class EmbeddedAtlas implements AutoCloseable {
  private static final Duration CURSOR_IDLE = Duration.ofMinutes(10);

  private final DocumentStore store;
  private final SearchIndexes indexes;
  private final Maintenance maintenance;
  private final WireServer server;
  private final String connectionString;

  private EmbeddedAtlas(AtlasOptions options) {
    store = DocumentStore.open(options.directory(), options.syncToDisk());
    SearchIndexes opened = null;
    Maintenance started = null;
    try {
      opened =
          new SearchIndexes(
              options.directory().resolve("search"),
              store,
              options.exactSearchLimit(),
              options.searchRefreshDelay(),
              options.maxSearchIndexes());
      store.onCommit(opened::committed);
      Cursors cursors = new Cursors(CURSOR_IDLE);
      started = new Maintenance(store, cursors, options.ttlInterval());
      server =
          WireServer.start(options.address(), options.port(), new Commands(store, opened, cursors));
    } catch (RuntimeException e) {
      closeAll(null, started, opened, store);
      throw e;
    }
    indexes = opened;
    maintenance = started;
    String host = options.address().getHostAddress();
    host = options.address() instanceof Inet6Address ? "[" + host + "]" : host;
    connectionString = "mongodb://" + host + ":" + server.port() + "/?directConnection=true";
  }

  /**
   * @throws IllegalStateException when another process has the directory
   */
  public static EmbeddedAtlas start(AtlasOptions options) {
    return new EmbeddedAtlas(options);
  }

  /** {@code mongodb://127.0.0.1:PORT/?directConnection=true} */
  public String connectionString() {
    return connectionString;
  }

  @Override
  public void close() {
    closeAll(server, maintenance, indexes, store);
  }

  /** Every one is closed, in order, even when one before it fails. */
  private static void closeAll(AutoCloseable... parts) {
    RuntimeException failure = null;
    for (AutoCloseable part : parts) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception e) {
        failure = failure == null ? new IllegalStateException("could not close", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
