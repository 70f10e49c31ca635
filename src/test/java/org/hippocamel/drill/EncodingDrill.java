package org.hippocamel.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.hippocamel.config.VectorSettings.Encoding;

/**
 * What an encoding of the vector index costs and gives: recall of the ten nearest against a scan of
 * all floats, bytes on disk and bytes that a walk reads, and how long a search takes beside one in
 * float32. Through the driver, on an embedded store, each encoding in a store of its own ({@link
 * EncodingStore}), all vectors in one graph.
 *
 * <p>Searches are those of a recall with {@code recall.pool} 60 and {@code
 * recall.candidates-factor} 20: "once" takes the scores of the index, "factor n" looks at n times
 * as many again with their floats, as {@code vectors.rescore-factor} says.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.EncodingDrill [vectors=20000]
 * [queries=200] [dimensions=384] [seed=1] [candidates-factor=20]}, or with {@code scifact=DIRECTORY
 * [cache=FILE]} for the documents and queries of a set in BEIR's layout, embedded by the built-in
 * model.
 */
public final class EncodingDrill {
  private static final int NEAREST = 10;
  private static final int POOL = 60;
  private static final int ROUNDS = 3;
  private static final List<Integer> FACTORS = List.of(1, 2, 4);

  private final DrillVectors data;
  private final int candidates;
  private final List<Set<Integer>> expected;

  /** One row of the table, as it grows. */
  private record Way(
      Encoding encoding, String name, Search search, AtomicLong found, List<Double> millis) {
    double median() {
      return millis.stream().sorted().toList().get(millis.size() / 2);
    }
  }

  private EncodingDrill(DrillVectors data, int candidates) {
    this.data = data;
    this.candidates = candidates;
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
    new EncodingDrill(data, POOL * given.number("candidates-factor", 20)).run();
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
    List<EncodingStore> stores = new ArrayList<>();
    try {
      for (Encoding encoding : Encoding.values()) {
        stores.add(new EncodingStore(encoding, data));
      }
      List<Way> ways = stores.stream().flatMap(store -> ways(store).stream()).toList();
      for (int round = 0; round <= ROUNDS; round++) {
        round(ways, round > 0);
      }
      report(ways);
    } finally {
      for (EncodingStore store : stores) {
        store.close();
      }
    }
  }

  /** Every query in every way, one after another: whatever else the machine does meets them all. */
  private void round(List<Way> ways, boolean timed) {
    for (int q = 0; q < data.queries().length; q++) {
      for (Way way : ways) {
        long began = System.nanoTime();
        List<Integer> ids = way.search().of(data.queries()[q]);
        if (timed) {
          way.millis().add((System.nanoTime() - began) / 1e6);
        } else { // warms up, and counts
          Set<Integer> best = new HashSet<>(ids.subList(0, NEAREST));
          way.found().addAndGet(expected.get(q).stream().filter(best::contains).count());
        }
      }
    }
  }

  private void report(List<Way> ways) {
    double floats = ways.get(0).median();
    for (Way way : ways) {
      System.out.printf(
          Locale.ROOT,
          "%-8s %-10s recall@10 %.4f  p50 %.2f of float32%n",
          way.encoding().word(),
          way.name(),
          way.found().get() / (double) (NEAREST * data.queries().length),
          way.median() / floats);
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

  private List<Way> ways(EncodingStore store) {
    List<Way> ways = new ArrayList<>();
    if (store.encoding() != Encoding.BINARY) {
      ways.add(way(store, "once", query -> store.search(query, POOL, candidates)));
    }
    if (store.encoding() == Encoding.INT8) {
      for (int factor : FACTORS) {
        ways.add(
            way(
                store,
                "factor " + factor,
                query ->
                    store.among(
                        query,
                        POOL,
                        store.search(query, POOL * factor, Math.max(candidates, POOL * factor)))));
      }
    }
    if (store.encoding() == Encoding.BINARY) {
      for (int factor : FACTORS) {
        int wider = Math.min(10_000, candidates * factor);
        ways.add(way(store, "factor " + factor, query -> store.search(query, POOL, wider)));
      }
    }
    return ways;
  }

  private static Way way(EncodingStore store, String name, Search search) {
    return new Way(store.encoding(), name, search, new AtomicLong(), new ArrayList<>());
  }

  private interface Search {
    List<Integer> of(float[] query);
  }
}
