package org.hippocamel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.hippocamel.config.Settings;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;

/**
 * The servers in this process, where the settings ask for them, and the addresses that take the
 * place of the word {@code embedded}. From then on nobody can tell them from remote ones.
 */
final class EmbeddedServers implements AutoCloseable {
  private final EmbeddedTei tei;
  private final EmbeddedAtlas atlas;
  private final Map<String, String> addresses = new LinkedHashMap<>();

  private EmbeddedServers(EmbeddedTei tei, EmbeddedAtlas atlas) {
    this.tei = tei;
    this.atlas = atlas;
    if (tei != null) {
      addresses.put("tei.url", tei.url());
    }
    if (atlas != null) {
      addresses.put("mongo.uri", atlas.connectionString());
    }
  }

  /** Starts both side by side: the model and the store take about a second each. */
  static EmbeddedServers start(Settings settings) {
    CompletableFuture<EmbeddedTei> tei =
        CompletableFuture.supplyAsync(() -> settings.tei().embedded() ? startTei(settings) : null);
    EmbeddedAtlas atlas;
    try {
      atlas = settings.mongo().embedded() ? EmbeddedAtlas.start(atlasOptions(settings)) : null;
    } catch (RuntimeException e) {
      close(tei.exceptionally(failure -> null).join());
      throw e;
    }
    try {
      return new EmbeddedServers(tei.join(), atlas);
    } catch (CompletionException e) {
      close(atlas);
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static EmbeddedTei startTei(Settings settings) {
    TeiOptions stock = TeiOptions.defaults();
    String key = settings.tei().apiKey();
    return EmbeddedTei.start(
        new TeiOptions(
            stock.host(),
            stock.port(),
            key.isEmpty() ? null : key,
            stock.maxConcurrentRequests(),
            stock.maxBatchTokens(),
            stock.maxClientBatchSize(),
            stock.payloadLimit(),
            stock.autoTruncate(),
            stock.inferenceThreads()));
  }

  private static AtlasOptions atlasOptions(Settings settings) {
    AtlasOptions stock = AtlasOptions.in(settings.mongo().dataDirectory());
    return new AtlasOptions(
        stock.directory(),
        stock.host(),
        stock.port(),
        settings.mongo().embeddedExactLimit(),
        stock.ttlInterval(),
        stock.syncToDisk(),
        stock.searchRefreshDelay());
  }

  /** Settings whose value was {@code embedded}, with their addresses. */
  Map<String, String> addresses() {
    return addresses;
  }

  /**
   * A free port instead of 0. The REST server itself would only log that its port is taken, and
   * somebody else would answer in its place.
   *
   * @throws IllegalStateException when the wanted one is taken
   */
  static int port(String key, String host, int wanted) {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(
          key + " " + wanted + " on " + host + " cannot be had: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    close(tei);
    close(atlas);
  }

  private static void close(AutoCloseable server) {
    if (server != null) {
      try {
        server.close();
      } catch (Exception e) {
        throw new IllegalStateException("a server in this process does not end", e);
      }
    }
  }
}
