package org.hippocamel.embedded.atlas;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How an {@link EmbeddedAtlas} runs.
 *
 * @param directory where everything is kept; made when it does not exist
 * @param host a loopback address: there is no authentication
 * @param port 0 takes a free one
 * @param exactSearchLimit vectors in an index up to which every one is compared
 * @param ttlInterval how often expired documents are removed
 * @param syncToDisk whether a write waits for the disk, so that it survives a loss of power
 * @param searchRefreshDelay how long a write stays invisible to search; zero is read-your-writes
 * @param maxSearchIndexes search indexes in all databases together, as tiers of Atlas bound them:
 *     three in the free one
 */
public record AtlasOptions(
    Path directory,
    String host,
    int port,
    int exactSearchLimit,
    Duration ttlInterval,
    boolean syncToDisk,
    Duration searchRefreshDelay,
    int maxSearchIndexes) {
  /** As many search indexes as anybody wants. */
  public AtlasOptions(
      Path directory,
      String host,
      int port,
      int exactSearchLimit,
      Duration ttlInterval,
      boolean syncToDisk,
      Duration searchRefreshDelay) {
    this(
        directory,
        host,
        port,
        exactSearchLimit,
        ttlInterval,
        syncToDisk,
        searchRefreshDelay,
        Integer.MAX_VALUE);
  }

  public AtlasOptions {
    if (!loopback(host)) {
      throw new IllegalArgumentException(
          "host '" + host + "' is not a loopback address; the store has no authentication");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
    if (ttlInterval.isNegative() || ttlInterval.isZero()) {
      throw new IllegalArgumentException("ttlInterval " + ttlInterval + " must be above zero");
    }
  }

  public static AtlasOptions in(Path directory) {
    return new AtlasOptions(
        directory, "127.0.0.1", 0, 50_000, Duration.ofSeconds(60), false, Duration.ZERO);
  }

  /** The same with no more search indexes than this. */
  public AtlasOptions withMaxSearchIndexes(int most) {
    return new AtlasOptions(
        directory, host, port, exactSearchLimit, ttlInterval, syncToDisk, searchRefreshDelay, most);
  }

  InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host '" + host + "' cannot be resolved", e);
    }
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
