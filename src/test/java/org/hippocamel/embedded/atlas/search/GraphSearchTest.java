package org.hippocamel.embedded.atlas.search;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

class GraphSearchTest extends SearchFixture {
  private final Random random = new Random(7);

  private void fill(int from, int to, int dimensions) {
    for (int i = from; i < to; i++) {
      put(row(i, random(random, dimensions)).append("n", new BsonInt32(i % 10)));
    }
  }

  private void awaitGraph() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try (Stream<Path> files = Files.walk(directory)) {
                return files.anyMatch(f -> f.getFileName().toString().startsWith("segments_"));
              } catch (IOException | java.io.UncheckedIOException e) {
                return false;
              }
            });
  }

  private double recall(int queries, int dimensions, String filter) {
    int found = 0;
    for (int q = 0; q < queries; q++) {
      float[] query = random(random, dimensions);
      var approximate = stage(query, 10, 100);
      var exact = stage(query, 10, 0);
      if (filter != null) {
        approximate.append("filter", json(filter));
        exact.append("filter", json(filter));
      }
      Set<String> expected = new HashSet<>(ids(indexes.vectorSearch(NS, exact)));
      List<String> hits = ids(indexes.vectorSearch(NS, approximate));
      assertEquals(10, hits.size());
      found += (int) hits.stream().filter(expected::contains).count();
    }
    return found / (10.0 * queries);
  }

  @Test
  void graph_findsWhatTheScanFinds() {
    open(1000);
    create("vi", "vectorSearch", vectors(32, "cosine", "n"));
    fill(0, 4000, 32);
    awaitGraph();
    assertTrue(recall(50, 32, null) >= 0.95);
    assertTrue(recall(50, 32, "{'n': {'$lte': 4}}") >= 0.9);
    assertEquals(1.0, recall(20, 32, "{'n': 3}"));
  }

  @Test
  void graph_scoresAsTheScan() {
    for (String similarity : Similarity.NAMES) {
      open(200);
      create("vi", "vectorSearch", vectors(16, similarity));
      fill(0, 1000, 16);
      awaitGraph();
      float[] query = random(random, 16);
      List<Hit> graph = indexes.vectorSearch(NS, stage(query, 5, 1000));
      List<Hit> exact = indexes.vectorSearch(NS, stage(query, 5, 0));
      for (int i = 0; i < 5; i++) {
        assertEquals(exact.get(i).id(), graph.get(i).id());
        assertEquals(exact.get(i).score(), graph.get(i).score(), 1e-5);
      }
      indexes.dropAll(NS);
      indexes.close();
    }
  }

  @Test
  void filter_thatLeavesTheGraphFewReturnsThemAll() {
    open(100);
    create("vi", "vectorSearch", vectors(8, "cosine", "n"));
    fill(0, 2000, 8);
    for (int i = 2000; i < 2150; i++) {
      put(row(i, new float[] {-1, 0, 0, 0, 0, 0, 0, i}).append("n", new BsonInt32(77)));
    }
    awaitGraph();
    var stage = stage(new float[] {1, 0, 0, 0, 0, 0, 0, 0}, 120, 120);
    stage.append("filter", json("{'n': 77}"));
    assertEquals(120, indexes.vectorSearch(NS, stage).size());
  }

  @Test
  void switchOver_neverGivesAWrongAnswer() throws Exception {
    open(500);
    create("vi", "vectorSearch", vectors(8, "cosine"));
    fill(0, 450, 8);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger searches = new AtomicInteger();
    List<Throwable> wrong = new ArrayList<>();
    float[] mark = {100, 1, 0, 0, 0, 0, 0, 0};
    put(row(1_000_000, mark));
    Thread searcher =
        new Thread(
            () -> {
              while (!done.get() || searches.get() < 100) {
                List<Hit> hits = indexes.vectorSearch(NS, stage(mark, 10, 100));
                assertEquals(10, hits.size());
                assertEquals(1_000_000, hits.get(0).id().asInt32().getValue());
                searches.incrementAndGet();
              }
            });
    searcher.setUncaughtExceptionHandler((t, e) -> wrong.add(e));
    searcher.start();
    fill(450, 3000, 8);
    awaitGraph();
    done.set(true);
    searcher.join();
    assertEquals(List.of(), wrong);
  }

  @Test
  void sealedDocuments_areReplacedAndDeleted() {
    open(100);
    create("vi", "vectorSearch", vectors(4, "cosine"));
    fill(0, 1000, 4);
    awaitGraph();
    float[] away = {1, 0, 0, 0};
    for (int i = 0; i < 1000; i++) {
      if (i % 2 == 0) {
        delete(new BsonInt32(i));
      } else {
        put(row(i, away));
      }
    }
    List<Hit> hits = indexes.vectorSearch(NS, stage(away, 1000, 1000));
    assertEquals(500, hits.size());
    assertTrue(hits.stream().allMatch(hit -> hit.score() > 0.999f));
  }

  @Test
  void restart_readsTheGraphAndReplaysTheLog() {
    open(100);
    create("vi", "vectorSearch", vectors(4, "cosine", "n"));
    fill(0, 1000, 4);
    awaitGraph();
    fill(500, 1100, 4);
    delete(new BsonInt32(7));
    float[] query = random(random, 4);
    List<Hit> before = indexes.vectorSearch(NS, stage(query, 2000, 0));
    assertEquals(1099, before.size());
    reopen(100);
    assertEquals(before, indexes.vectorSearch(NS, stage(query, 2000, 0)));
    var filtered = stage(query, 2000, 0).append("filter", json("{'n': 5}"));
    assertEquals(110, indexes.vectorSearch(NS, filtered).size());
  }

  @Test
  void flat_neverBuildsAGraph() throws IOException {
    open(10);
    create(
        "vi",
        "vectorSearch",
        "{'fields': [{'type': 'vector', 'path': 'v', 'numDimensions': 2, 'similarity': 'cosine',"
            + " 'indexingMethod': 'flat'}]}");
    fill(0, 200, 2);
    assertEquals(5, indexes.vectorSearch(NS, stage(new float[] {1, 0}, 5, 10)).size());
    indexes.close();
    try (Stream<Path> files = Files.walk(directory)) {
      assertEquals(0, files.filter(f -> f.getFileName().toString().startsWith("segments")).count());
    }
  }
}
