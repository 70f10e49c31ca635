package org.hippocamel.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How many texts a second an embedder gives vectors for, asked without anything in between. */
final class EmbedderLimit {
  private static final int BATCH = 32;
  private static final int AT_ONCE = 4;

  private EmbedderLimit() {}

  /**
   * Texts a second over all of them, in batches of 32, four under way at once.
   *
   * @param url base URL of a TEI
   */
  static double textsPerSecond(String url, List<String> texts) throws Exception {
    RestClient embedder = new RestClient(url, "", "");
    embed(embedder, texts.subList(0, Math.min(BATCH, texts.size())));
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      long began = System.nanoTime();
      List<Future<?>> calls = new ArrayList<>();
      for (int from = 0; from < texts.size(); from += BATCH) {
        List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
        calls.add(threads.submit(() -> embed(embedder, batch)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
      return texts.size() / ((System.nanoTime() - began) / 1e9);
    } finally {
      threads.shutdown();
    }
  }

  private static void embed(RestClient embedder, List<String> texts) {
    RestClient.Answer answer =
        embedder.post(
            "/v1/embeddings", RestClient.json(Map.of("input", texts, "encoding_format", "base64")));
    if (answer.status() != 200 || answer.json().get("data").size() != texts.size()) {
      throw new IllegalStateException("status " + answer.status());
    }
  }
}
