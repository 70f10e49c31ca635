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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.VectorSettings.Encoding;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;

/** An embedded store whose one vector index has an encoding, in a temporary folder. */
final class EncodingStore implements AutoCloseable {
  private static final String INDEX = "vi";

  private final Encoding encoding;
  private final Path folder;
  private final EmbeddedAtlas atlas;
  private final MongoClient client;
  private final MongoCollection<Document> memories;

  /** With all vectors in one graph. */
  EncodingStore(Encoding encoding, DrillVectors data) throws IOException {
    this.encoding = encoding;
    folder = Files.createTempDirectory("encoding");
    atlas =
        EmbeddedAtlas.start(
            new AtlasOptions(
                folder, "127.0.0.1", 0, 1_000, Duration.ofHours(1), false, Duration.ZERO));
    client = MongoClients.create(atlas.connectionString());
    client.getDatabase("drill").createCollection("memories");
    memories = client.getDatabase("drill").getCollection("memories");
    fill(data.vectors());
    index(data.vectors()[0].length);
    System.out.println(sizes());
  }

  Encoding encoding() {
    return encoding;
  }

  private void fill(float[][] vectors) {
    List<Document> rows = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      rows.add(new Document("_id", i).append("v", BinaryVector.floatVector(vectors[i])));
      if (rows.size() == 1_000 || i == vectors.length - 1) {
        memories.insertMany(rows);
        rows.clear();
      }
    }
  }

  private void index(int dimensions) {
    Document vector =
        new Document("type", "vector")
            .append("path", "v")
            .append("numDimensions", dimensions)
            .append("similarity", "cosine")
            .append("quantization", encoding.quantization());
    Document id = new Document("type", "filter").append("path", "_id");
    memories.createSearchIndexes(
        List.of(
            new SearchIndexModel(
                INDEX,
                new Document("fields", List.of(vector, id)),
                SearchIndexType.vectorSearch())));
    while (!files().containsKey("segments_1")) {
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
  private Map<String, Long> files() {
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

  private String sizes() {
    Map<String, Long> files = files();
    String vectors =
        switch (encoding) {
          case FLOAT32 -> ".vec";
          case INT8 -> ".veq";
          case BINARY -> "HnswBitVectorsFormat_0.vec";
        };
    return String.format(
        Locale.ROOT,
        "%-8s on disk %.1f MB, a walk reads %.1f MB of vectors and %.1f MB of graph",
        encoding.word(),
        bytes(files, "") / 1e6,
        bytes(files, vectors) / 1e6,
        bytes(files, ".vex") / 1e6);
  }

  private static long bytes(Map<String, Long> files, String ending) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(ending))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What the graph brings up, best first. */
  List<Integer> search(float[] query, int limit, int candidates) {
    return ids(stage(query, limit).append("numCandidates", candidates));
  }

  /** The best of these by their floats. */
  List<Integer> among(float[] query, int limit, List<Integer> found) {
    return ids(
        stage(query, limit)
            .append("exact", true)
            .append("filter", new Document("_id", new Document("$in", found))));
  }

  private static Document stage(float[] query, int limit) {
    return new Document("index", INDEX)
        .append("path", "v")
        .append("queryVector", BinaryVector.floatVector(query))
        .append("limit", limit);
  }

  private List<Integer> ids(Document stage) {
    List<Bson> pipeline =
        List.of(
            new Document("$vectorSearch", stage),
            new Document(
                "$project", new Document("score", new Document("$meta", "vectorSearchScore"))));
    return memories.aggregate(pipeline).map(row -> row.getInteger("_id")).into(new ArrayList<>());
  }

  @Override
  public void close() throws IOException {
    client.close();
    atlas.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }
}
