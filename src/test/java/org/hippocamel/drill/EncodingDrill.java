package org.hippocamel.drill;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.SearchIndexModel;
import com.mongodb.client.model.SearchIndexType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.VectorSettings.Encoding;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;

/**
 * What an encoding of the vector index costs and gives: recall of the ten nearest against a scan of
 * all floats, bytes on disk and bytes that a walk reads, and how long a search takes beside one in
 * float32. Through the driver, on an embedded store, each encoding in a store of its own, all
 * vectors in one graph.
 *
 * <p>Searches are those of a recall with {@code recall.pool} 60 and {@code
 * recall.candidates-factor} 20: "once" takes the scores of the index, "factor n" looks at n times
 * as many again with their floats, as {@code vectors.rescore-factor} says.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.EncodingDrill [vectors=20000]
 * [queries=200] [dimensions=384] [seed=1]}, or with {@code scifact=DIRECTORY [cache=FILE]} for the
 * documents and queries of a set in BEIR's layout, embedded by the built-in model.
 */
public final class EncodingDrill {
  private static final int NEAREST = 10;
  private static final int POOL = 60;
  private static final int CANDIDATES = 20 * POOL;
  private static final int ROUNDS = 3;
  private static final String INDEX = "vi";

  private final DrillVectors data;
  private final List<Set<Integer>> expected;

  /** One row of the table. */
  private record Row(String name, double recall, double millis) {}

  private EncodingDrill(DrillVectors data) {
    this.data = data;
    expected = Arrays.stream(data.queries()).map(query -> Set.copyOf(nearest(query))).toList();
  }

  public static void main(String[] args) throws IOException {
    Arguments given = new Arguments(args);
    String set = given.text("scifact", "");
    DrillVectors data =
        set.isEmpty()
            ? DrillVectors.clustered(
                given.number("vectors", 20_000),
                given.number("queries", 200),
                given.number("dimensions", 384),
                given.number("seed", 1))
            : DrillVectors.embedded(Path.of(set), Path.of(given.text("cache", "vectors.bin")));
    new EncodingDrill(data).run();
  }

  private List<Integer> nearest(float[] query) {
    double[] cosines = new double[data.vectors().length];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = dot(query, data.vectors()[i]); // all of unit length
    }
    return best(cosines);
  }

  private static List<Integer> best(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .limit(NEAREST)
        .toList();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private void run() throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%d vectors of %d dimensions, %d queries%n",
        data.vectors().length,
        data.vectors()[0].length,
        data.queries().length);
    System.out.printf(Locale.ROOT, "bits alone, all compared: recall %.4f%n", bitsAlone());
    double base = 0;
    for (Encoding encoding : Encoding.values()) {
      Path folder = Files.createTempDirectory("encoding");
      try {
        base = encoded(encoding, folder, base);
      } finally {
        delete(folder);
      }
    }
  }

  /** What the signs of the numbers say without a second look. */
  private double bitsAlone() {
    int found = 0;
    for (int q = 0; q < data.queries().length; q++) {
      double[] same = new double[data.vectors().length];
      for (int i = 0; i < same.length; i++) {
        for (int d = 0; d < data.vectors()[i].length; d++) {
          same[i] += data.vectors()[i][d] > 0 == data.queries()[q][d] > 0 ? 1 : 0;
        }
      }
      Set<Integer> bits = new HashSet<>(best(same));
      found += (int) expected.get(q).stream().filter(bits::contains).count();
    }
    return found / (double) (NEAREST * data.queries().length);
  }

  private double encoded(Encoding encoding, Path folder, double base) throws IOException {
    AtlasOptions options =
        new AtlasOptions(folder, "127.0.0.1", 0, 1_000, Duration.ofHours(1), false, Duration.ZERO);
    try (EmbeddedAtlas atlas = EmbeddedAtlas.start(options);
        MongoClient client = MongoClients.create(atlas.connectionString())) {
      MongoCollection<Document> memories = filled(client);
      index(memories, encoding, folder);
      sizes(encoding, folder);
      List<Row> rows = searches(memories, encoding);
      double floats = base == 0 ? rows.get(0).millis() : base;
      for (Row row : rows) {
        System.out.printf(
            Locale.ROOT,
            "%-8s %-10s recall@10 %.4f  p50 %.2f of float32%n",
            encoding.word(),
            row.name(),
            row.recall(),
            row.millis() / floats);
      }
      return floats;
    }
  }

  private MongoCollection<Document> filled(MongoClient client) {
    client.getDatabase("drill").createCollection("memories");
    MongoCollection<Document> memories = client.getDatabase("drill").getCollection("memories");
    List<Document> rows = new ArrayList<>();
    for (int i = 0; i < data.vectors().length; i++) {
      rows.add(new Document("_id", i).append("v", BinaryVector.floatVector(data.vectors()[i])));
      if (rows.size() == 1_000 || i == data.vectors().length - 1) {
        memories.insertMany(rows);
        rows.clear();
      }
    }
    return memories;
  }

  private void index(MongoCollection<Document> memories, Encoding encoding, Path folder) {
    Document vector =
        new Document("type", "vector")
            .append("path", "v")
            .append("numDimensions", data.vectors()[0].length)
            .append("similarity", "cosine")
            .append("quantization", encoding.quantization());
    Document id = new Document("type", "filter").append("path", "_id");
    memories.createSearchIndexes(
        List.of(
            new SearchIndexModel(
                INDEX,
                new Document("fields", List.of(vector, id)),
                SearchIndexType.vectorSearch())));
    while (!files(folder).containsKey("segments_1")) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes by file name, of the search index alone. */
  private static Map<String, Long> files(Path folder) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path file : paths.filter(path -> path.toString().contains("vector0")).toList()) {
        if (Files.isRegularFile(file)) {
          sizes.merge(file.getFileName().toString(), Files.size(file), Long::sum);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return Map.of(); // one was deleted meanwhile
    }
    return sizes;
  }

  private static void sizes(Encoding encoding, Path folder) {
    Map<String, Long> files = files(folder);
    long all = files.values().stream().mapToLong(Long::longValue).sum();
    long graph = bytes(files, ".vex");
    long vectors =
        switch (encoding) {
          case FLOAT32 -> bytes(files, ".vec");
          case INT8 -> bytes(files, ".veq");
          case BINARY -> bytes(files, "HnswBitVectorsFormat_0.vec");
        };
    System.out.printf(
        Locale.ROOT,
        "%-8s on disk %.1f MB, a walk reads %.1f MB of vectors and %.1f MB of graph%n",
        encoding.word(),
        all / 1e6,
        vectors / 1e6,
        graph / 1e6);
  }

  private static long bytes(Map<String, Long> files, String ending) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(ending))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private List<Row> searches(MongoCollection<Document> memories, Encoding encoding) {
    List<Row> rows = new ArrayList<>();
    if (encoding != Encoding.BINARY) {
      rows.add(measured("once", query -> search(memories, query, POOL, CANDIDATES)));
    }
    if (encoding != Encoding.FLOAT32) {
      for (int factor : List.of(1, 2, 4)) {
        rows.add(measured("factor " + factor, query -> again(memories, encoding, query, factor)));
      }
    }
    return rows;
  }

  private List<Integer> again(
      MongoCollection<Document> memories, Encoding encoding, float[] query, int factor) {
    if (encoding == Encoding.BINARY) {
      return search(memories, query, POOL, Math.min(10_000, CANDIDATES * factor));
    }
    List<Integer> found = search(memories, query, POOL * factor, CANDIDATES);
    Document stage =
        stage(query, POOL)
            .append("exact", true)
            .append("filter", new Document("_id", new Document("$in", found)));
    return ids(memories, stage);
  }

  private static List<Integer> search(
      MongoCollection<Document> memories, float[] query, int limit, int candidates) {
    return ids(memories, stage(query, limit).append("numCandidates", candidates));
  }

  private static Document stage(float[] query, int limit) {
    return new Document("index", INDEX)
        .append("path", "v")
        .append("queryVector", BinaryVector.floatVector(query))
        .append("limit", limit);
  }

  private static List<Integer> ids(MongoCollection<Document> memories, Document stage) {
    List<Bson> pipeline =
        List.of(
            new Document("$vectorSearch", stage),
            new Document(
                "$project", new Document("score", new Document("$meta", "vectorSearchScore"))));
    return memories.aggregate(pipeline).map(row -> row.getInteger("_id")).into(new ArrayList<>());
  }

  private interface Search {
    List<Integer> of(float[] query);
  }

  private Row measured(String name, Search search) {
    int found = 0;
    double[] millis = new double[ROUNDS * data.queries().length];
    for (int round = 0; round <= ROUNDS; round++) {
      for (int q = 0; q < data.queries().length; q++) {
        long began = System.nanoTime();
        List<Integer> ids = search.of(data.queries()[q]);
        if (round == 0) { // warms up, and counts
          Set<Integer> best = new HashSet<>(ids.subList(0, NEAREST));
          found += (int) expected.get(q).stream().filter(best::contains).count();
        } else {
          millis[(round - 1) * data.queries().length + q] = (System.nanoTime() - began) / 1e6;
        }
      }
    }
    Arrays.sort(millis);
    return new Row(
        name, found / (double) (NEAREST * data.queries().length), millis[millis.length / 2]);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }
}
