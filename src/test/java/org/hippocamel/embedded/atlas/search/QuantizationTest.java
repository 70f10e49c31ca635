package org.hippocamel.embedded.atlas.search;

import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Aggregates.vectorSearch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.metaVectorSearchScore;
import static com.mongodb.client.model.search.SearchPath.fieldPath;
import static com.mongodb.client.model.search.VectorSearchOptions.approximateVectorSearchOptions;
import static com.mongodb.client.model.search.VectorSearchOptions.exactVectorSearchOptions;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.SearchIndexType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantised graphs through the driver: 2,000 vectors in 40 heaps, far above the exact limit. */
class QuantizationTest extends DriverFixture {
  private static final int DIMENSIONS = 64;
  private static final int MEMORIES = 2_000;
  private static final int CANDIDATES = 300;

  private final float[][] vectors = vectors();

  @Override
  AtlasOptions options(Path directory) {
    return new AtlasOptions(
        directory, "127.0.0.1", 0, 200, Duration.ofSeconds(60), false, Duration.ZERO);
  }

  private static float[][] vectors() {
    Random random = new Random(11);
    float[][] heaps = new float[40][];
    for (int i = 0; i < heaps.length; i++) {
      heaps[i] = SearchFixture.random(random, DIMENSIONS);
    }
    float[][] all = new float[MEMORIES][];
    for (int i = 0; i < all.length; i++) {
      all[i] = SearchFixture.random(random, DIMENSIONS);
      for (int j = 0; j < DIMENSIONS; j++) {
        all[i][j] = heaps[i % heaps.length][j] + all[i][j] * 0.7f;
      }
    }
    return all;
  }

  private static String definition(String quantization) {
    return ("{'fields': [{'type': 'vector', 'path': 'v', 'numDimensions': 64,"
            + " 'similarity': 'cosine', 'quantization': '"
            + quantization
            + "'}, {'type': 'filter', 'path': 'n'}, {'type': 'filter', 'path': '_id'}]}")
        .replace('\'', '"');
  }

  /** With the memories in a graph. */
  private void indexed(String quantization) {
    index("vi", SearchIndexType.vectorSearch(), definition(quantization));
    memories.insertMany(
        IntStream.range(0, MEMORIES)
            .mapToObj(i -> memory(i, vectors[i]).append("n", i % 10))
            .toList());
    awaitGraph(quantization);
  }

  /** A graph's bytes end up in files of their own kind. */
  private void awaitGraph(String quantization) {
    String kind =
        switch (quantization) {
          case "scalar" -> ".veq";
          case "binary" -> "HippocamelFlatVectors_0.vec";
          default -> "Lucene99HnswVectorsFormat_0.vex";
        };
    await().atMost(Duration.ofSeconds(60)).until(() -> exists(kind) && exists("segments_1"));
  }

  private boolean exists(String kind) {
    try (Stream<Path> files = Files.walk(shared)) {
      String id = listed("vi").get(0).getString("id");
      return files.map(Path::toString).anyMatch(file -> file.contains(id) && file.endsWith(kind));
    } catch (IOException | UncheckedIOException e) {
      return false; // deleted meanwhile
    }
  }

  private static BinaryVector query(float[] vector) {
    return BinaryVector.floatVector(vector);
  }

  private List<Document> near(float[] query, int limit, Bson filter) {
    return aggregate(
        vectorSearch(
            fieldPath("v"),
            query(query),
            "vi",
            limit,
            approximateVectorSearchOptions(CANDIDATES).filter(filter)),
        project(metaVectorSearchScore("score")));
  }

  private List<Document> exact(float[] query, int limit, Bson filter) {
    return aggregate(
        vectorSearch(
            fieldPath("v"), query(query), "vi", limit, exactVectorSearchOptions().filter(filter)),
        project(metaVectorSearchScore("score")));
  }

  private static double cosine(float[] a, float[] b) {
    return Similarity.dot(Similarity.COSINE.prepare(a), Similarity.COSINE.prepare(b));
  }

  /** Share of the ten nearest that are found, over thirty queries that no memory equals. */
  private double overlap(Bson filter) {
    Random random = new Random(12);
    int found = 0;
    for (int i = 0; i < 30; i++) {
      float[] query = vectors[random.nextInt(MEMORIES)].clone();
      for (int j = 0; j < DIMENSIONS; j++) {
        query[j] += (float) random.nextGaussian() * 0.5f;
      }
      Set<Object> expected = new HashSet<>(ids(exact(query, 10, filter)));
      found += (int) ids(near(query, 10, filter)).stream().filter(expected::contains).count();
    }
    return found / 300.0;
  }

  @ParameterizedTest
  @CsvSource({"none, 0.98", "scalar, 0.9", "binary, 0.98"})
  void search_findsWhatTheExactOneFinds(String quantization, double least) {
    indexed(quantization);
    double all = overlap(Filters.exists("n"));
    double half = overlap(Filters.lt("n", 5));
    assertTrue(all >= least, quantization + " found " + all);
    assertTrue(half >= least, quantization + " found " + half + " of what the filter leaves");
  }

  @ParameterizedTest
  @CsvSource({"none", "scalar", "binary"})
  void filter_holdsInTheGraph(String quantization) {
    indexed(quantization);
    assertEquals(
        List.of(7, 17), ids(near(vectors[7], 5, in("_id", 7, 17))).stream().sorted().toList());
    Set<Object> threes = new HashSet<>(ids(near(vectors[3], 150, eq("n", 3))));
    assertTrue(threes.stream().allMatch(id -> (int) id % 10 == 3), threes.toString());
  }

  @ParameterizedTest
  @CsvSource({"none, 1e-5", "scalar, 0.02", "binary, 1e-5"})
  void score_isOfTheFloatsUnlessScalar(String quantization, double off) {
    indexed(quantization);
    for (Document hit : near(vectors[5], 40, Filters.exists("n"))) {
      double whole = (1 + cosine(vectors[5], vectors[hit.getInteger("_id")])) / 2;
      assertEquals(whole, hit.getDouble("score"), off);
    }
    for (Document hit : exact(vectors[5], 40, Filters.exists("n"))) {
      double whole = (1 + cosine(vectors[5], vectors[hit.getInteger("_id")])) / 2;
      assertEquals(whole, hit.getDouble("score"), 1e-5, "exact reads the floats");
    }
  }

  @Test
  void scalar_scoresAreThoseOfTheBytes() {
    indexed("scalar");
    List<Double> exact = scores(exact(vectors[5], 40, Filters.exists("n")));
    await().until(() -> !scores(near(vectors[5], 40, Filters.exists("n"))).equals(exact));
  }

  private static List<Double> scores(List<Document> hits) {
    return hits.stream().map(hit -> hit.getDouble("score")).toList();
  }

  @Test
  void update_convertsTheIndexAndItServesOn() {
    indexed("none");
    for (String next : List.of("scalar", "binary", "none")) {
      memories.updateSearchIndex("vi", Document.parse(definition(next)));
      assertEquals(10, near(vectors[1], 10, Filters.exists("n")).size(), "while it is built");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> listed("vi").get(0).getString("status").equals("READY"));
      assertEquals(
          next,
          listed("vi")
              .get(0)
              .getEmbedded(List.of("latestDefinition", "fields"), new ArrayList<Document>())
              .get(0)
              .getString("quantization"));
      awaitGraph(next);
      double found = overlap(Filters.exists("n"));
      assertTrue(found >= 0.9, next + " found " + found);
    }
  }

  @ParameterizedTest
  @CsvSource({"scalar", "binary"})
  void restart_readsTheFilesAgain(String quantization) {
    indexed(quantization);
    restart();
    assertTrue(overlap(Filters.exists("n")) >= 0.9);
    memories.deleteOne(eq("_id", 9));
    assertFalse(ids(near(vectors[9], 10, Filters.exists("n"))).contains(9));
  }

  @Test
  void unknown_isRefusedByName() {
    refused(
        2,
        "\"fields[0].quantization\" must be one of [none, scalar, binary]",
        () -> index("vi", SearchIndexType.vectorSearch(), definition("int4")));
  }

  @Test
  void bits_areTheSigns() {
    float[] vector = new float[16];
    vector[0] = 1;
    vector[1] = -1;
    vector[9] = 0.5f;
    assertArrayEquals(new byte[] {1, 2}, Quantization.bits(vector));
  }
}
