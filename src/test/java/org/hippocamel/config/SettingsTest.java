package org.hippocamel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.hippocamel.config.VectorSettings.Encoding;
import org.hippocamel.graph.TestGraphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  /** Keys that only routes use; everything else of the file is read here. */
  private static final Set<String> OF_ROUTES =
      Set.of(
          "cases.settle-millis",
          "embed.safety-millis",
          "inbox.exclude",
          "inbox.include",
          "inbox.poll-millis",
          "inbox.settle-millis",
          "job.poll-millis",
          "job.stream-millis",
          "job.sweep-millis",
          "mongo.bulk-safety-millis",
          "recall.calibrate-millis",
          "routes.directory",
          "tei.probe-millis",
          "tei.probe-timeout-millis",
          "tei.retry-delay-millis",
          "tei.retry-max-delay-millis",
          "tei.timeout-millis",
          "usage.record-millis");

  @Test
  void read_givesTheShippedDefaults() {
    Settings read = Settings.read(shipped());
    assertEquals(
        new Settings.Http(
            "127.0.0.1",
            8080,
            "127.0.0.1",
            9876,
            256,
            1024,
            33_554_432,
            Optional.empty(),
            Path.of("api/openapi.yaml")),
        read.http());
    assertEquals(
        new Settings.Tei(
            List.of("embedded"),
            "",
            2,
            4,
            2,
            0.75,
            3,
            Duration.ofSeconds(15),
            10,
            Optional.empty(),
            Optional.empty()),
        read.tei());
    assertEquals(
        new Rerank(
            Optional.empty(),
            "",
            50,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            4,
            32,
            1_500_000,
            1_000),
        read.rerank());
    assertEquals(
        new Settings.Embed(
            32,
            1_500_000,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            20_000,
            67_108_864,
            "auto",
            "auto"),
        read.embed());
    assertEquals(
        new Settings.Mongo(
            "embedded",
            "hippocamel",
            Path.of("data"),
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            new Settings.Bulk(2, 256, 8_000_000, Duration.ofMinutes(2)),
            50_000,
            false),
        read.mongo());
    assertEquals(
        new Settings.Memory(
            List.of(
                "topic:string",
                "business:string",
                "language:string",
                "tags:string",
                "year:number",
                "published:date"),
            "lucene.english"),
        read.memory());
    assertEquals(new VectorSettings(Encoding.FLOAT32, 4), read.vectors());
    assertEquals(new Settings.Ingest(Path.of("inbox"), "default", 300, 30, 32, 4), read.ingest());
    assertEquals(
        new Settings.Recall(
            60, 4_000, 1_000, 60, 20, "score", 0.1, 16, Duration.ofSeconds(2), false),
        read.recall());
    assertEquals(
        new JobSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            5,
            Duration.ofMinutes(10),
            Duration.ofDays(30),
            100,
            Duration.ofMinutes(10)),
        read.job());
    assertEquals(
        new EvaluationSettings(Path.of("evaluation"), 10_000, 2_000_000), read.evaluation());
    assertEquals(
        new CaseSettings(
            new CaseSettings.Value(1, 1, Duration.ofDays(90)),
            new CaseSettings.Search("kernel", 1.5, 20, 2.5, 0.97, 0.05, Duration.ofDays(90), 1500),
            new CaseSettings.Guard("writer", 8, 4, 0.25, true, Optional.empty())),
        read.cases());
    assertEquals(TestGraphs.graph(), read.graph());
    assertEquals(TestGraphs.context(), read.context());
    assertEquals(Limits.defaults(), read.limits());
    assertEquals(new LogSettings("INFO", false), read.log());
    assertEquals(
        new ClientSettings("http://127.0.0.1:8080", "http://127.0.0.1:9876", ""), read.client());
    assertEquals(new CostSettings(0.02, 0, 72, 0.15), read.cost());
    assertEquals(
        new WatchSettings(Duration.ofMillis(250), Duration.ofMinutes(10), false), read.watch());
  }

  @Test
  void read_namesEveryKeyThatIsMissing_andTheFileHoldsThemAll() {
    Set<String> wanted = new TreeSet<>();
    for (String fault : faults(Map.of())) {
      assertTrue(fault.endsWith(" is missing"), fault);
      wanted.add(fault.substring(0, fault.indexOf(' ')));
    }
    Set<String> shipped = new TreeSet<>(shipped().keySet());
    shipped.removeIf(key -> key.startsWith("camel."));
    shipped.removeAll(OF_ROUTES);
    assertEquals(shipped, wanted);
  }

  @Test
  void read_reportsEveryWrongValueTogetherWithItsKey() {
    assertEquals(
        List.of(
            "http.port 70000 is not in 0 to 65535",
            "http.workers \"many\" is not a whole number",
            "tei.share 0.0 is not in 0.01 to 1.0",
            "mongo.database must not be empty",
            "ingest.overlap-tokens 151 is more than half of ingest.passage-tokens 300",
            "tei.url \"tei:80\" is neither embedded (alone) nor an http(s) address; several are separated by"
                + " commas",
            "mongo.uri is neither embedded nor a mongodb:// connection string"),
        faults(
            with(
                Map.of(
                    "http.port", "70000",
                    "http.workers", "many",
                    "tei.share", "0",
                    "mongo.database", " ",
                    "ingest.overlap-tokens", "151",
                    "tei.url", "tei:80",
                    "mongo.uri", "postgres://u:secret@host"))));
  }

  @Test
  void read_saysWhereKeysAreExplained() {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class, () -> Settings.read(with(Map.of("recall.pool", "0"))));
    assertEquals(
        "Settings are wrong:\n  recall.pool 0 is not in 1 to 1000\n"
            + "Every key is explained in application.properties.",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no such host"})
  void read_refusesToListenElsewhereWithoutKeys(String host) {
    assertEquals(
        List.of(
            "http.host \""
                + host
                + "\" is not a loopback address and api.keys-file is not set;"
                + " set API_KEYS_FILE or listen on 127.0.0.1"),
        faults(with(Map.of("http.host", host))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
  void read_listensOnLoopbackWithoutKeys(String host) {
    assertEquals(host, Settings.read(with(Map.of("http.host", host))).http().host());
  }

  @Test
  void read_listensAnywhereWithKeys() {
    Settings read =
        Settings.read(with(Map.of("http.host", "0.0.0.0", "api.keys-file", "keys.txt")));
    assertEquals("0.0.0.0", read.http().host());
    assertEquals(Optional.of(Path.of("keys.txt")), read.http().keysFile());
  }

  @Test
  void read_takesPortZeroForAFreeOne() {
    Settings read = Settings.read(with(Map.of("http.port", "0", "management.port", "0")));
    assertEquals(0, read.http().port());
    assertEquals(0, read.http().managementPort());
  }

  @ParameterizedTest
  @CsvSource({
    "embedded, embedded, true",
    "http://tei:80, mongodb://host/db, false",
    "https://tei.example, mongodb+srv://u:p@cluster.example/?w=1, false"
  })
  void embedded_isTheWordAlone(String tei, String mongo, boolean embedded) {
    Settings read = Settings.read(with(Map.of("tei.url", tei, "mongo.uri", mongo)));
    assertEquals(embedded, read.tei().embedded());
    assertEquals(embedded, read.mongo().embedded());
  }

  @Test
  void read_refusesASlashAtTheEndOfTheEmbeddersUrl() {
    assertEquals(
        List.of("tei.url \"http://tei:80/\" must not end with a slash: paths are added to it"),
        faults(with(Map.of("tei.url", "http://tei:80/"))));
  }

  @Test
  void read_takesDirectoriesOfModels_andTheAddressOfAReranker() {
    Settings read =
        Settings.read(
            with(
                Map.of(
                    "tei.embed-model-directory", "models/e5",
                    "tei.rerank-model-directory", "models/bge-reranker",
                    "rerank.url", "https://rerank.example")));
    assertEquals(Optional.of(Path.of("models/e5")), read.tei().embedModelDirectory());
    assertEquals(Optional.of(Path.of("models/bge-reranker")), read.tei().rerankModelDirectory());
    assertEquals(Optional.of("https://rerank.example"), read.rerank().url());
  }

  @Test
  void read_refusesAddressesOfARerankerThatAreNone() {
    assertEquals(
        List.of("rerank.url \"embedded\" is neither none nor an http(s) address"),
        faults(with(Map.of("rerank.url", "embedded"))));
    assertEquals(
        List.of("rerank.url \"http://r/\" must not end with a slash: paths are added to it"),
        faults(with(Map.of("rerank.url", "http://r/"))));
  }

  @Test
  void read_keepsTheBlankAtTheEndOfTheInstruction() {
    Settings read = Settings.read(with(Map.of("embed.query-instruction", "query: ")));
    assertEquals("query: ", read.embed().queryInstruction());
  }

  @Test
  void read_namesTheEncodingsThereAre() {
    assertEquals(
        new VectorSettings(Encoding.INT8, 2),
        Settings.read(with(Map.of("vectors.encoding", "int8", "vectors.rescore-factor", "2")))
            .vectors());
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Settings.read(
                    with(Map.of("vectors.encoding", "int4", "vectors.rescore-factor", "0"))));
    assertTrue(
        wrong
            .getMessage()
            .contains("vectors.encoding \"int4\" is not one of float32, int8, binary"),
        wrong.getMessage());
    assertTrue(
        wrong.getMessage().contains("vectors.rescore-factor 0 is not in 1 to 100"),
        wrong.getMessage());
  }

  @Test
  void read_namesWhatIsWrongOfTheCaseBank() {
    Map<String, String> values = shipped();
    values.put("cases.ranking", "best");
    values.put("cases.holdout", "5");
    values.put("cases.positive-role", "reader");
    values.put("cases.half-life-days", "-1");
    Exception refused = assertThrows(IllegalArgumentException.class, () -> Settings.read(values));
    assertTrue(
        refused
            .getMessage()
            .contains(
                "cases.half-life-days -1 is not in 0 to 100000\n"
                    + "  cases.ranking \"best\" is not one of similarity, value, kernel\n"
                    + "  cases.holdout 5.0 is not in 0.0 to 1.0\n"
                    + "  cases.positive-role \"reader\" is not one of writer, admin"),
        refused.getMessage());
  }

  @Test
  void read_takesPatternsOfSecretsFromAFile_orNone() {
    Map<String, String> values = shipped();
    values.put("cases.scrub-patterns", "none");
    assertFalse(Settings.read(values).cases().guard().scrub());
    values.put("cases.scrub-patterns", "patterns.txt");
    assertEquals(
        Optional.of(Path.of("patterns.txt")), Settings.read(values).cases().guard().scrubFile());
  }

  @Test
  void read_refusesNumbersThatAreNone() {
    assertEquals(
        List.of("tei.share NaN is not in 0.01 to 1.0"), faults(with(Map.of("tei.share", "NaN"))));
    assertEquals(
        List.of("tei.share \"half\" is not a number"), faults(with(Map.of("tei.share", "half"))));
    assertEquals(
        List.of("recall.pool \"99999999999\" is not a whole number"),
        faults(with(Map.of("recall.pool", "99999999999"))));
  }

  @Test
  void read_refusesALeaseThatALostHeartbeatCosts() {
    assertEquals(
        List.of("job.lease-millis 2999 is less than 3 times job.heartbeat-millis 1000"),
        faults(with(Map.of("job.lease-millis", "2999"))));
  }

  @Test
  void read_takesTrueAndFalseAlone() {
    assertTrue(Settings.read(with(Map.of("mongo.embedded-sync", " true "))).mongo().embeddedSync());
    assertEquals(
        List.of("mongo.embedded-sync \"yes\" is neither true nor false"),
        faults(with(Map.of("mongo.embedded-sync", "yes"))));
  }

  @Test
  void read_neverShowsTheStoresPassword() {
    assertFalse(
        faults(with(Map.of("mongo.uri", "mysql://u:secret@h"))).toString().contains("secret"));
  }

  /** What follows the heading and precedes the hint, without the indent. */
  private static List<String> faults(Map<String, String> values) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Settings.read(values)).getMessage();
    return message.lines().filter(line -> line.startsWith("  ")).map(String::strip).toList();
  }

  private static Map<String, String> with(Map<String, String> changes) {
    Map<String, String> values = shipped();
    values.putAll(changes);
    return values;
  }

  /** The shipped file in an empty environment. */
  private static Map<String, String> shipped() {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(
            SettingsTest.class.getResourceAsStream("/application.properties"),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Map<String, String> raw = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> raw.put(key, properties.getProperty(key)));
    return new HashMap<>(new PropertyFile(raw, name -> null).resolved());
  }
}
