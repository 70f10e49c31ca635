package org.hippocamel.recall;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.hippocamel.config.VectorSettings;
import org.hippocamel.config.VectorSettings.Encoding;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;
import org.hippocamel.spaces.SearchIndexDefinitions;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a search by words finds under each analyzer that {@code memory.analyzer} may name: the index
 * that ships, the stage that ships, and the embedded store, met through its driver.
 */
class WordSearchTest {
  @TempDir static Path directory;

  private static EmbeddedAtlas atlas;
  private static MongoClient client;
  private static final Map<String, MongoCollection<Document>> COLLECTIONS = new HashMap<>();

  private final Recalling recalling =
      new Recalling(
          TestRounds.SPACE,
          TestRecall.settings(),
          VectorSettings.FLOATS,
          Clock.systemUTC(),
          new RecallCounts());

  @BeforeAll
  static void start() {
    atlas = EmbeddedAtlas.start(AtlasOptions.in(directory));
    client = MongoClients.create(atlas.connectionString());
  }

  @AfterAll
  static void stop() {
    client.close();
    atlas.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ERR_042                        | code-42
          why do we see ERR_042 so often | code-42
          OrderService.pay               | pay
          who calls OrderService.pay?    | pay
          OrderService.pays              | pays
          com.acme.Foo#bar               | bar
          is com.acme.Foo#bar slow       | bar
          /etc/app.conf                  | etc
          where is /etc/app.conf         | etc
          v1.2.3                         | v3
          was v1.2.3 rolled back         | v3
          listUsers                      | users
          JIRA-42                        | jira
          48211                          | number
          """)
  void identifier_bringsUpItsOwnMemoryFirst(String question, String id) {
    assertEquals(id, code().find(question).get(0), question);
  }

  private Texts code() {
    return texts(
        "lucene.english",
        Map.ofEntries(
            Map.entry("code-42", "The card was refused: ERR_042, so try another one."),
            Map.entry(
                "code-43", "We see ERR_043 so often; see why. The limit was reached: ERR_043."),
            Map.entry("pay", "OrderService.pay books the money."),
            Map.entry("pays", "OrderService.pays is the old name."),
            Map.entry("refund", "Who calls OrderService.refund? The one who calls for a refund."),
            Map.entry("bar", "com.acme.Foo#bar is slow."),
            Map.entry("baz", "com.acme.Foo#baz is slow, is com.acme.Foo#baz?"),
            Map.entry("apart", "com.acme.Foo has a bar and a pub."),
            Map.entry("etc", "Settings are in /etc/app.conf."),
            Map.entry("opt", "Where is /opt/app.conf? In the folder, where app.conf is."),
            Map.entry("v3", "v1.2.3 came on Monday."),
            Map.entry("v30", "v1.2.30 was rolled back, and rolled back again."),
            Map.entry("user", "listUser lists one. listUser is old."),
            Map.entry("users", "listUsers lists all."),
            Map.entry("jira", "JIRA-42 was closed."),
            Map.entry("jira3", "JIRA-43 of JIRA was opened after JIRA-41."),
            Map.entry("number", "Order 48211 was sent back."),
            Map.entry("number2", "Order 48212 was not.")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lucene.english | payment            | paid
          lucene.english | Rechnung           | -
          lucene.english | Rechnungen         | de
          lucene.german  | Rechnung           | de
          lucene.german  | Häuser             | de
          lucene.german  | Haus               | de
          lucene.english | cheval             | -
          lucene.french  | cheval             | fr
          lucene.french  | l'avion            | fr
          lucene.english | 京都               | kyoto zh
          lucene.cjk     | 京都               | kyoto
          lucene.cjk     | 天气               | zh
          lucene.english | 天气               | kyoto zh
          lucene.english | שלום               | he
          lucene.english | كتاب               | ar
          lucene.arabic  | الكتاب             | ar
          lucene.english | 🐫                 | emoji
          lucene.english | crème brûlée       | nfc nfd
          lucene.english | the of and         | -
          lucene.english | !!! ???            | -
          """)
  void words_areFoundAsTheAnalyzerReadsThem(String analyzer, String question, String ids) {
    Texts texts =
        texts(
            analyzer,
            Map.of(
                "paid", "A payment came.",
                "de", "Alte Häuser und viele Rechnungen.",
                "fr", "Les chevaux et les avions.",
                "kyoto", "京都の天候",
                "zh", "北京的天气很好",
                "he", "שלום עולם",
                "ar", "قرأت كتاب اليوم",
                "emoji", "A ride on the 🐫 was fun",
                "nfc", Normalizer.normalize("Eine crème brûlée, bitte", Normalizer.Form.NFC),
                "nfd", Normalizer.normalize("Noch eine crème brûlée", Normalizer.Form.NFD)));
    Set<String> expected =
        ids.equals("-") ? Set.of() : new TreeSet<>(Arrays.asList(ids.split(" ")));
    for (Normalizer.Form form : Normalizer.Form.values()) {
      assertEquals(
          expected, new TreeSet<>(texts.find(Normalizer.normalize(question, form))), question);
    }
  }

  @Test
  void longText_isFoundByItsLastWord() {
    String words =
        IntStream.range(0, 3_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    Texts texts = texts("lucene.english", Map.of("long", words + " omega", "short", "alpha"));
    assertEquals(List.of("long"), texts.find("omega"));
  }

  @Test
  void longQuestion_isAskedByItsBeginning_howeverManyClausesItWouldBe() {
    Texts texts = code();
    String accents =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "é" + (char) ('a' + i % 26) + i)
            .collect(Collectors.joining(" "));
    String names =
        IntStream.range(0, 2_000).mapToObj(i -> "x_" + i).collect(Collectors.joining(" "));
    for (String tail : List.of(accents, names, accents + names, "東京".repeat(4_000))) {
      assertEquals("code-42", texts.find("ERR_042 " + tail).get(0));
    }
    assertTrue(texts.find("🐫".repeat(4_000)).isEmpty());
  }

  /** Texts of one tenant under an analyzer. */
  private Texts texts(String analyzer, Map<String, String> texts) {
    MongoCollection<Document> memories =
        COLLECTIONS.computeIfAbsent(analyzer + texts.hashCode(), name -> stored(analyzer, texts));
    return new Texts(memories);
  }

  private static MongoCollection<Document> stored(String analyzer, Map<String, String> texts) {
    var database = client.getDatabase("words" + COLLECTIONS.size());
    database.createCollection("memories");
    MongoCollection<Document> memories = database.getCollection("memories");
    List<Document> rows = new ArrayList<>();
    texts.forEach(
        (id, text) ->
            rows.add(
                new Document("_id", "acme:" + id).append("tenant", "acme").append("text", text)));
    memories.insertMany(rows);
    Document lexical =
        new SearchIndexDefinitions(
                Map.of("tenant", "string", "_id", "string"), analyzer, Encoding.FLOAT32)
            .all(TestSpaces.small())
            .get(1);
    database.runCommand(
        new Document("createSearchIndexes", "memories").append("indexes", List.of(lexical)));
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> memories.listSearchIndexes().first().getString("status").equals("READY"));
    return memories;
  }

  private final class Texts {
    private final MongoCollection<Document> memories;

    Texts(MongoCollection<Document> memories) {
      this.memories = memories;
    }

    /** Ids of what words find, best first. */
    List<String> find(String question) {
      RecallRequest request =
          RecallRequest.of(question, Scope.of("acme"), TestRecall.in(Mode.LEXICAL), 5);
      List<String> found = new ArrayList<>();
      memories
          .aggregate(recalling.wordsPipeline(recalling.first(request)))
          .forEach(row -> found.add(row.getString("_id").substring("acme:".length())));
      return found;
    }
  }
}
