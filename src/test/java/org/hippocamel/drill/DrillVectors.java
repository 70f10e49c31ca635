package org.hippocamel.drill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;
import org.hippocamel.embedding.EmbeddingsAnswer;

/**
 * Vectors of unit length to search in and to search with.
 *
 * @param vectors {@code float[n][dimensions]}
 * @param queries {@code float[m][dimensions]}
 */
record DrillVectors(float[][] vectors, float[][] queries) {
  private static final String INSTRUCTION =
      "Represent this sentence for searching relevant passages: ";
  private static final int MOST_CHARS = 500;
  private static final int BATCH = 32;

  /** A hundred vectors a heap; a query lies beside a vector, about as near as its heap. */
  static DrillVectors clustered(int vectors, int queries, int dimensions, int seed) {
    Random random = new Random(seed);
    float[][] heaps = new float[Math.max(1, vectors / 100)][];
    for (int i = 0; i < heaps.length; i++) {
      heaps[i] = beside(new float[dimensions], 1, random);
    }
    float[][] all = new float[vectors][];
    for (int i = 0; i < vectors; i++) {
      all[i] = beside(heaps[random.nextInt(heaps.length)], 0.8f, random);
    }
    float[][] asked = new float[queries][];
    for (int i = 0; i < queries; i++) {
      asked[i] = beside(all[random.nextInt(vectors)], 0.6f, random);
    }
    return new DrillVectors(all, asked);
  }

  /** Noise of so many times a unit vector's length. */
  private static float[] beside(float[] vector, float noise, Random random) {
    float[] moved = vector.clone();
    double scale = noise / Math.sqrt(vector.length);
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (random.nextGaussian() * scale);
    }
    return unit(moved);
  }

  private static float[] unit(float[] vector) {
    double sum = 0;
    for (float one : vector) {
      sum += (double) one * one;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(sum);
    }
    return vector;
  }

  /**
   * The beginnings of a set's documents, and its queries behind the instruction, embedded by the
   * built-in model; kept in a file, which is read if it is there.
   */
  static DrillVectors embedded(Path set, Path cache) throws IOException {
    if (!Files.exists(cache)) {
      float[][] vectors = embedded(texts(set, "corpus", ""));
      float[][] queries = embedded(texts(set, "queries", INSTRUCTION));
      write(cache, vectors, queries);
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(cache)))) {
      return new DrillVectors(read(in), read(in));
    }
  }

  private static List<String> texts(Path set, String name, String instruction) throws IOException {
    return LabelledTexts.read(set, name).stream()
        .map(LabelledTexts.Labelled::text)
        .map(text -> instruction + text.substring(0, Math.min(MOST_CHARS, text.length())))
        .toList();
  }

  private static float[][] embedded(List<String> texts) throws IOException {
    List<float[]> vectors = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    try (EmbeddedTei tei = EmbeddedTei.start(TeiOptions.defaults())) {
      for (int from = 0; from < texts.size(); from += BATCH) {
        List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
        byte[] body =
            CaseClient.JSON.writeValueAsBytes(
                Map.of("input", batch, "model", "m", "encoding_format", "base64"));
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(tei.url() + "/v1/embeddings"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        byte[] answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        EmbeddingsAnswer.parse(answer, batch, name -> {})
            .embeddings()
            .forEach(one -> vectors.add(unit(one.orThrow())));
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    return vectors.toArray(float[][]::new);
  }

  private static void write(Path file, float[][]... sets) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (float[][] set : sets) {
        out.writeInt(set.length);
        out.writeInt(set[0].length);
        for (float[] vector : set) {
          for (float one : vector) {
            out.writeFloat(one);
          }
        }
      }
    }
  }

  private static float[][] read(DataInputStream in) throws IOException {
    float[][] set = new float[in.readInt()][];
    int dimensions = in.readInt();
    for (int i = 0; i < set.length; i++) {
      set[i] = new float[dimensions];
      for (int d = 0; d < dimensions; d++) {
        set[i][d] = in.readFloat();
      }
    }
    return set;
  }
}
