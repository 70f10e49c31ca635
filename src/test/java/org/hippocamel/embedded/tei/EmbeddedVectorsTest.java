package org.hippocamel.embedded.tei;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.contract.TeiHttp.fromBase64;
import static org.hippocamel.contract.TeiHttp.tree;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hippocamel.contract.TeiHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The vectors themselves: equal to the library's, the same every time, queries first. */
@Timeout(60)
class EmbeddedVectorsTest {
  private static final List<String> TEXTS =
      List.of(
          "a",
          "The quick brown fox jumps over the lazy dog.",
          "Crème brûlée à la carte, naïve façade",
          "记忆是智能的基础。",
          "Привет, мир!",
          "😀 emoji 👩‍👩‍👧 family",
          "public static void main(String[] args) { System.out.println(\"x\" + 1); }",
          "SELECT * FROM memories WHERE tenant = 'a' AND score > 0.5;",
          "1234567890 3.14159 2026-07-24T10:00:00Z",
          "tabs\tand\nnew\r\nlines   and    spaces",
          "[CLS] not special [SEP] here [MASK]",
          "pneumonoultramicroscopicsilicovolcanoconiosis",
          "camel ".repeat(250),
          "one two three ".repeat(170));

  private static EmbeddedTei server;
  private static TeiHttp tei;

  @BeforeAll
  static void start() {
    server = EmbeddedTei.start(TeiOptions.defaults());
    tei = new TeiHttp(server.url(), null);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void vectors_equalThoseOfTheLibrary() {
    var library = new BgeSmallEnV15QuantizedEmbeddingModel();
    float[][] ours = tei.embed(TEXTS);
    for (int i = 0; i < TEXTS.size(); i++) {
      assertArrayEquals(
          library.embed(TEXTS.get(i)).content().vector(), ours[i], 1e-6f, "text " + i);
    }
  }

  @Test
  void vectors_areTheSameBits_whateverElseRuns() throws Exception {
    float[][] expected = tei.embed(TEXTS);
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        Random random = new Random(caller);
        calls.add(
            callers.submit(
                () -> {
                  List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
                  Collections.shuffle(order, random);
                  float[][] got = tei.embed(order.stream().map(TEXTS::get).toList());
                  for (int i = 0; i < got.length; i++) {
                    assertArrayEquals(expected[order.get(i)], got[i], 0f);
                  }
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void base64_holdsTheBitsOfTheFloats() {
    Map<String, Object> body = Map.of("input", TEXTS.get(2), "encoding_format", "base64");
    JsonNode answer = tree(tei.post("/v1/embeddings", body));
    float[] packed = fromBase64(answer.at("/data/0/embedding").asText());
    assertArrayEquals(tei.embed(List.of(TEXTS.get(2)))[0], packed, 0f);
  }

  @Test
  void longText_isCutAndNotAveraged() {
    String text = "alpha beta ".repeat(400);
    float[] cut = tei.embed(List.of("alpha beta ".repeat(255)))[0];
    assertArrayEquals(cut, tei.embed(List.of(text))[0], 0f);
  }

  @Test
  void interactiveText_isAnsweredBeforeTheBulkIsDone() {
    AtomicBoolean bulkDone = new AtomicBoolean();
    List<CompletableFuture<Void>> bulk = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<String> texts = Collections.nCopies(12, "camel ".repeat(300));
      bulk.add(
          CompletableFuture.runAsync(() -> tei.embed(texts), task -> new Thread(task).start()));
    }
    CompletableFuture<Void> all = CompletableFuture.allOf(bulk.toArray(CompletableFuture[]::new));
    all.thenRun(() -> bulkDone.set(true));
    await().until(() -> tei.get("/metrics").body().matches("(?s).*te_queue_size [1-9].*"));
    float[] busy = tei.embed(List.of("a query"), "x-priority", "interactive")[0];
    assertTrue(!bulkDone.get(), "the bulk was faster");
    all.join();
    assertArrayEquals(tei.embed(List.of("a query"))[0], busy, 0f);
    assertEquals(384, busy.length);
  }
}
