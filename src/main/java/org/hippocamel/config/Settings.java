package org.hippocamel.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that beans use, read once at start and all checked at once. What only routes use
 * stays a {@code {{key}}} in the routes. Every key is explained in {@code application.properties}.
 */
public record Settings(
    Http http,
    Tei tei,
    NextTei next,
    SpaceSettings spaces,
    ShadowSettings shadow,
    ReembedSettings reembed,
    Rerank rerank,
    Embed embed,
    Mongo mongo,
    Memory memory,
    VectorSettings vectors,
    Ingest ingest,
    Recall recall,
    GraphSettings graph,
    ContextSettings context,
    CaseSettings cases,
    JobSettings job,
    EvaluationSettings evaluation,
    Limits limits,
    CostSettings cost,
    WatchSettings watch,
    LogSettings log,
    ClientSettings client) {

  /** The word that asks for the server in this process instead of a remote one. */
  public static final String EMBEDDED = "embedded";

  /** {@code http.*}, {@code management.*} and {@code api.*}. */
  public record Http(
      String host,
      int port,
      String managementHost,
      int managementPort,
      int workers,
      int maxRequests,
      int maxBodyBytes,
      Optional<Path> keysFile,
      Path contract) {}

  /** {@code tei.*}; the directories are those of models to serve in this process. */
  public record Tei(
      List<String> urls,
      String apiKey,
      int queryCalls,
      int ingestCalls,
      int ingestCallsBesideQueries,
      double share,
      int failures,
      Duration check,
      int retriesPerSecond,
      Optional<Path> embedModelDirectory,
      Optional<Path> rerankModelDirectory) {

    /** Whether the model runs in this process. */
    public boolean embedded() {
      return urls.equals(List.of(EMBEDDED));
    }
  }

  /** {@code embed.*}. */
  public record Embed(
      int batchTexts,
      int batchBytes,
      Duration queryDeadline,
      Duration ingestDeadline,
      int maxWaitingTexts,
      int cacheBytes,
      String queryInstruction,
      String documentInstruction) {}

  /** {@code mongo.bulk-*}: what concurrent writers share. */
  public record Bulk(int calls, int rows, int bytes, Duration deadline) {}

  /** {@code mongo.*} and {@code data.*}. */
  public record Mongo(
      String uri,
      String database,
      Path dataDirectory,
      Duration timeout,
      Duration indexWait,
      Bulk bulk,
      int embeddedExactLimit,
      boolean embeddedSync) {
    /** Whether the store runs in this process. */
    public boolean embedded() {
      return uri.equals(EMBEDDED);
    }
  }

  /** {@code memory.*}. */
  public record Memory(List<String> filterable, String analyzer) {}

  /** {@code ingest.*} and {@code inbox.*}. */
  public record Ingest(
      Path inbox,
      String tenant,
      int passageTokens,
      int overlapTokens,
      int groupRecords,
      int groupsAtOnce) {}

  /** {@code recall.*}. */
  public record Recall(
      int pool,
      int maxPool,
      int maxDepth,
      int rankConstant,
      int candidatesFactor,
      String fusion,
      double lexicalWeight,
      double lexicalFull,
      Duration patience,
      boolean rerank) {}

  /**
   * Reads and checks.
   *
   * @throws IllegalArgumentException naming every key that is wrong
   */
  public static Settings read(Map<String, String> values) {
    SettingReader in = new SettingReader(values);
    Http http =
        new Http(
            in.text("http.host"),
            in.integer("http.port", 0, 65_535),
            in.text("management.host"),
            in.integer("management.port", 0, 65_535),
            in.integer("http.workers", 1, 4_096),
            in.integer("http.max-requests", 1, 1_000_000),
            in.integer("http.max-body-bytes", 1_000, 1_000_000_000),
            in.optional("api.keys-file").map(Path::of),
            Path.of(in.text("api.contract")));
    Settings settings =
        new Settings(
            http,
            new Tei(
                in.list("tei.url"),
                in.raw("tei.api-key"),
                in.integer("tei.query-calls", 1, 64),
                in.integer("tei.ingest-calls", 1, 64),
                in.integer("tei.ingest-calls-beside-queries", 1, 64),
                in.decimal("tei.share", 0.01, 1),
                in.integer("tei.failures", 1, 1_000),
                in.millis("tei.check-millis"),
                in.integer("tei.retries-per-second", 1, 10_000),
                in.optional("tei.embed-model-directory").map(Path::of),
                in.optional("tei.rerank-model-directory").map(Path::of)),
            NextTei.read(in),
            SpaceSettings.read(in),
            ShadowSettings.read(in),
            ReembedSettings.read(in),
            Rerank.read(in),
            new Embed(
                in.integer("embed.batch-texts", 1, 4_096),
                in.integer("embed.batch-bytes", 1_000, 100_000_000),
                in.millis("embed.query-deadline-millis"),
                in.millis("embed.ingest-deadline-millis"),
                in.integer("embed.max-waiting-texts", 1, 10_000_000),
                in.integer("embed.cache-bytes", 0, 2_000_000_000),
                in.raw("embed.query-instruction"),
                in.raw("embed.document-instruction")),
            new Mongo(
                in.text("mongo.uri"),
                in.text("mongo.database"),
                Path.of(in.text("data.directory")),
                in.millis("mongo.timeout-millis"),
                in.millis("mongo.index-wait-millis"),
                new Bulk(
                    in.integer("mongo.bulk-calls", 1, 64),
                    in.integer("mongo.bulk-rows", 1, 100_000),
                    in.integer("mongo.bulk-bytes", 1_000, 40_000_000),
                    in.millis("mongo.bulk-deadline-millis")),
                in.integer("mongo.embedded-exact-limit", 0, 10_000_000),
                in.flag("mongo.embedded-sync")),
            new Memory(in.list("memory.filterable"), in.text("memory.analyzer")),
            VectorSettings.read(in),
            new Ingest(
                Path.of(in.text("inbox.directory")),
                in.text("inbox.tenant"),
                in.integer("ingest.passage-tokens", 24, 8_192),
                in.integer("ingest.overlap-tokens", 0, 4_096),
                in.integer("ingest.group-records", 1, 1_000),
                in.integer("ingest.groups-at-once", 1, 64)),
            new Recall(
                in.integer("recall.pool", 1, 1_000),
                in.integer("recall.max-pool", 1, 10_000),
                in.integer("recall.max-depth", 1, 10_000),
                in.integer("recall.rank-constant", 1, 10_000),
                in.integer("recall.candidates-factor", 1, 100),
                in.choice("recall.fusion", List.of("score", "rrf")),
                in.decimal("recall.lexical-weight", 0, 1),
                in.decimal("recall.lexical-full", 0.1, 1_000),
                in.millis("recall.patience-millis"),
                in.flag("recall.rerank")),
            GraphSettings.read(in),
            ContextSettings.read(in),
            CaseSettings.read(in),
            JobSettings.read(in),
            EvaluationSettings.read(in),
            in.limits(),
            CostSettings.read(in),
            WatchSettings.read(in),
            LogSettings.read(in),
            ClientSettings.read(in, http));
    settings.check(in);
    in.finish();
    return settings;
  }

  private void check(SettingReader in) {
    if (ingest.overlapTokens() > ingest.passageTokens() / 2) {
      in.refuse(
          "ingest.overlap-tokens",
          ingest.overlapTokens()
              + " is more than half of ingest.passage-tokens "
              + ingest.passageTokens());
    }
    checkTei(in);
    next.check(in, tei, embed.documentInstruction());
    rerank.check(in);
    checkRecall(in);
    if (!mongo.embedded() && !mongo.uri().matches("mongodb(\\+srv)?://.+")) {
      in.refuse("mongo.uri", "is neither embedded nor a mongodb:// connection string");
    }
    if (http.maxRequests() < http.workers()) {
      in.refuse(
          "http.max-requests", http.maxRequests() + " is less than http.workers " + http.workers());
    }
    if (http.keysFile().isEmpty() && !loopback(http.host())) {
      in.refuse(
          "http.host",
          "\""
              + http.host()
              + "\" is not a loopback address and api.keys-file is not set;"
              + " set API_KEYS_FILE or listen on 127.0.0.1");
    }
  }

  private void checkTei(SettingReader in) {
    if (tei.urls().isEmpty()) {
      in.refuse("tei.url", "must not be empty");
    }
    if (tei.embedded()) {
      return;
    }
    for (String url : tei.urls()) {
      if (!url.matches("https?://.+")) {
        in.refuse(
            "tei.url",
            "\""
                + url
                + "\" is neither embedded (alone) nor an http(s) address; several are"
                + " separated by commas");
      }
      refuseSlash(in, "tei.url", url);
    }
    if (Set.copyOf(tei.urls()).size() < tei.urls().size()) {
      in.refuse("tei.url", "names a server twice: its calls would count for two");
    }
  }

  /** A page at the deepest place must be fillable, and so must the longest page. */
  private void checkRecall(SettingReader in) {
    if (recall.maxPool() < recall.pool()) {
      in.refuse("recall.max-pool", recall.maxPool() + " is less than recall.pool " + recall.pool());
    }
    if (recall.maxDepth() > recall.maxPool()) {
      in.refuse(
          "recall.max-depth",
          recall.maxDepth() + " is more than recall.max-pool " + recall.maxPool());
    }
    if (recall.maxDepth() < limits.maxLimit()) {
      in.refuse(
          "recall.max-depth",
          recall.maxDepth() + " is less than limits.max-limit " + limits.maxLimit());
    }
  }

  static void refuseSlash(SettingReader in, String key, String url) {
    if (url.endsWith("/")) {
      in.refuse(key, "\"" + url + "\" must not end with a slash: paths are added to it");
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
