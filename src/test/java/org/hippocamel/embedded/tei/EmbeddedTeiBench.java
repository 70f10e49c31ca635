package org.hippocamel.embedded.tei;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hippocamel.embedded.tei.core.EncodingInput;
import org.hippocamel.embedded.tei.core.ModelType;
import org.hippocamel.embedded.tei.core.Pooling;
import org.hippocamel.embedded.tei.core.Tokenization;
import org.hippocamel.embedded.tei.core.Truncation;
import org.hippocamel.embedded.tei.core.ValidEncoding;
import org.hippocamel.embedded.tei.onnx.ModelResources;
import org.hippocamel.embedded.tei.onnx.OnnxBackend;

/**
 * Texts per second through HTTP beside the bare session, and the latency of a query with and
 * without bulk load. Rounds of both alternate, so that a noisy machine disturbs both alike.
 */
public final class EmbeddedTeiBench {
  private static final int CALLERS = 4;
  private static final int BATCH = 32;
  private static final int ROUNDS = 3;
  private static final List<String> WORDS =
      List.of("camel desert water route memory agent question answer store vector".split(" "));

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Random random = new Random(7);

  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    try (EmbeddedTei tei = EmbeddedTei.start(TeiOptions.defaults())) {
      System.out.printf("start %.2f s%n", (System.nanoTime() - start) / 1e9);
      new EmbeddedTeiBench().run(tei.url());
    }
  }

  private void run(String url) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (OnnxBackend backend =
            OnnxBackend.of(
                "the model", ModelResources.weights(), new ModelType.Embedding(Pooling.CLS));
        InputStream tokenizer = ModelResources.tokenizer();
        Tokenization tokenization = new Tokenization(tokenizer, 512)) {
      for (int tokens : new int[] {10, 50, 200}) {
        int calls = tokens == 10 ? 24 : tokens == 50 ? 12 : 4;
        List<List<String>> batches = batches(calls, tokens);
        List<ValidEncoding> ids =
            batches.stream()
                .flatMap(List::stream)
                .map(t -> tokenization.encode(new EncodingInput.Text(t), Truncation.RIGHT))
                .toList();
        double[] overHttp = new double[ROUNDS];
        double[] raw = new double[ROUNDS];
        double[] httpCpu = new double[ROUNDS];
        double[] rawCpu = new double[ROUNDS];
        for (int i = -1; i < ROUNDS; i++) {
          long cpu0 = cpuNanos();
          double a = overHttp(callers, url, batches);
          long cpu1 = cpuNanos();
          double b = raw(callers, backend, ids);
          long cpu2 = cpuNanos();
          if (i >= 0) {
            overHttp[i] = a;
            raw[i] = b;
            httpCpu[i] = (cpu1 - cpu0) / 1e6 / ids.size();
            rawCpu[i] = (cpu2 - cpu1) / 1e6 / ids.size();
          }
        }
        double h = median(overHttp);
        double r = median(raw);
        System.out.printf(
            "%3d tokens: http %.1f texts/s (CPU %.2f ms each, client included), raw session %.1f"
                + " texts/s (CPU %.2f ms each), ratio %.3f%n",
            tokens, h, median(httpCpu), r, median(rawCpu), h / r);
      }
      latency("idle", url, "interactive");
      AtomicBoolean stop = new AtomicBoolean();
      List<List<String>> bulk = batches(4, 200);
      List<Future<?>> load = new ArrayList<>();
      for (List<String> batch : bulk) {
        load.add(
            callers.submit(
                () -> {
                  while (!stop.get()) {
                    post(url, batch, null);
                  }
                  return null;
                }));
      }
      Thread.sleep(1000);
      latency("under bulk, interactive lane", url, "interactive");
      latency("under bulk, no lane", url, null, 10);
      stop.set(true);
      for (Future<?> task : load) {
        task.get();
      }
    } finally {
      callers.shutdown();
    }
  }

  private void latency(String name, String url, String lane) throws Exception {
    latency(name, url, lane, 300);
  }

  private void latency(String name, String url, String lane, int n) throws Exception {
    double[] millis = new double[n];
    for (int i = 0; i < n; i++) {
      List<String> query = List.of(text(13));
      long start = System.nanoTime();
      post(url, query, lane);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        "15-token query, %s: p50 %.1f ms, p99 %.1f ms%n",
        name, millis[n / 2], millis[Math.min(n - 1, n * 99 / 100)]);
  }

  private double overHttp(ExecutorService callers, String url, List<List<String>> batches)
      throws Exception {
    long start = System.nanoTime();
    List<Future<?>> calls = new ArrayList<>();
    for (List<String> batch : batches) {
      calls.add(callers.submit(() -> post(url, batch, null)));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    return batches.size() * BATCH / ((System.nanoTime() - start) / 1e9);
  }

  private static double raw(ExecutorService callers, OnnxBackend backend, List<ValidEncoding> ids)
      throws Exception {
    long start = System.nanoTime();
    List<Future<?>> halves = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int from = i;
      halves.add(
          callers.submit(
              () -> {
                for (int k = from; k < ids.size(); k += 2) {
                  backend.embed(ids.get(k));
                }
                return null;
              }));
    }
    for (Future<?> half : halves) {
      half.get();
    }
    return ids.size() / ((System.nanoTime() - start) / 1e9);
  }

  private int post(String url, List<String> texts, String lane) throws Exception {
    Map<String, Object> body = Map.of("input", texts, "encoding_format", "base64");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/v1/embeddings"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    if (lane != null) {
      request.header("x-priority", lane);
    }
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("status " + answer.statusCode());
    }
    return answer.body().length;
  }

  private List<List<String>> batches(int calls, int tokens) {
    List<List<String>> batches = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      List<String> batch = new ArrayList<>();
      for (int k = 0; k < BATCH; k++) {
        batch.add(text(tokens - 2));
      }
      batches.add(batch);
    }
    return batches;
  }

  private String text(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return text.toString();
  }

  /** Of this process; unlike the rates it does not suffer from other load on the machine. */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
