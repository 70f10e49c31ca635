package org.hippocamel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
  private final EmbeddedTei reranker;
  private final EmbeddedAtlas atlas;
  private final Map<String, String> addresses = new LinkedHashMap<>();

  private EmbeddedServers(EmbeddedTei tei, EmbeddedTei reranker, EmbeddedAtlas atlas) {
    this.tei = tei;
    this.reranker = reranker;
    this.atlas = atlas;
    if (tei != null) {
      addresses.put("tei.url", tei.url());
    }
    if (reranker != null) {
      addresses.put("rerank.url", reranker.url());
    }
    if (atlas != null) {
      addresses.put("mongo.uri", atlas.connectionString());
    }
  }

  /**
   * Starts them side by side: a model and the store take about a second each.
   *
   * @throws IllegalArgumentException when the directory of a model is given that nobody would serve
   * @throws IllegalStateException when a model cannot be loaded, naming the file that is missing or
   *     wrong, or when the data directory is in use
   */
  static EmbeddedServers start(Settings settings) {
    check(settings);
    CompletableFuture<EmbeddedTei> tei = started(embedder(settings));
    CompletableFuture<EmbeddedTei> reranker = started(reranker(settings));
    EmbeddedAtlas atlas = null;
    try {
      atlas = settings.mongo().embedded() ? EmbeddedAtlas.start(atlasOptions(settings)) : null;
      return new EmbeddedServers(tei.join(), reranker.join(), atlas);
    } catch (RuntimeException e) {
      close(tei.exceptionally(failure -> null).join());
      close(reranker.exceptionally(failure -> null).join());
      close(atlas);
      boolean wrapped = e instanceof CompletionException;
      throw wrapped && e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** What the settings cannot check, since the addresses of servers here replace their words. */
  private static void check(Settings settings) {
    Settings.Tei tei = settings.tei();
    if (!tei.embedded() && tei.embedModelDirectory().isPresent()) {
      throw new IllegalArgumentException(
          "tei.embed-model-directory \"%s\" is served only with tei.url = embedded, not by %s; unset"
                  .formatted(tei.embedModelDirectory().get(), String.join(",", tei.urls()))
              + " EMBED_MODEL_DIR or TEI_URL");
    }
    if (settings.rerank().url().isPresent() && tei.rerankModelDirectory().isPresent()) {
      throw new IllegalArgumentException(
          "tei.rerank-model-directory \"%s\" is served only with rerank.url = none, not by %s; unset"
                  .formatted(tei.rerankModelDirectory().get(), settings.rerank().url().get())
              + " RERANK_MODEL_DIR or RERANK_URL");
    }
  }

  private static Optional<TeiOptions> embedder(Settings settings) {
    if (!settings.tei().embedded()) {
      return Optional.empty();
    }
    TeiOptions options = options(settings.tei().apiKey());
    return Optional.of(
        settings.tei().embedModelDirectory().map(options::withEmbedModelDir).orElse(options));
  }

  private static Optional<TeiOptions> reranker(Settings settings) {
    TeiOptions options = options(settings.rerank().apiKey());
    return settings.tei().rerankModelDirectory().map(options::withRerankModelDir);
  }

  private static TeiOptions options(String key) {
    return TeiOptions.defaults().withApiKey(key.isEmpty() ? null : key);
  }

  /** Null where nothing is to be started. */
  private static CompletableFuture<EmbeddedTei> started(Optional<TeiOptions> options) {
    return CompletableFuture.supplyAsync(() -> options.map(EmbeddedTei::start).orElse(null));
  }

  static AtlasOptions atlasOptions(Settings settings) {
    AtlasOptions stock = AtlasOptions.in(settings.mongo().dataDirectory());
    return new AtlasOptions(
        stock.directory(),
        stock.host(),
        stock.port(),
        settings.mongo().embeddedExactLimit(),
        stock.ttlInterval(),
        settings.mongo().embeddedSync(),
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
    close(reranker);
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
