package org.hippocamel.rerank;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.hippocamel.config.Rerank;
import org.hippocamel.embedding.Circuit;

/** A reranker, its line and its clock, for tests. */
final class TestRerankers {
  static final Duration DEADLINE = Duration.ofSeconds(1);
  static final Duration API_DEADLINE = Duration.ofSeconds(30);

  final AtomicLong now = new AtomicLong(TimeUnit.DAYS.toNanos(1));
  final RerankCounts counts = new RerankCounts();
  final Reranker reranker;
  final RerankGate gate;
  final RerankCall call;

  TestRerankers(Rerank settings) {
    Circuit circuit =
        new Circuit(3, DEADLINE.multipliedBy(15), DEADLINE, now::get, Reranker.unheard());
    this.reranker = new Reranker(settings, 0.75, circuit, counts, now::get);
    this.gate = new RerankGate(settings, reranker, counts, Runnable::run, now::get);
    this.call = new RerankCall("", reranker);
  }

  /** One that serves model {@code m} with the limits of a stock TEI. */
  static TestRerankers serving() {
    TestRerankers all = new TestRerankers(settings(Optional.of("http://reranker")));
    all.reranker.heard(info("m", 512, 32));
    return all;
  }

  static Rerank settings(Optional<String> url) {
    return new Rerank(url, "", 50, DEADLINE, API_DEADLINE, 4, 32, 1_500_000, 1_000);
  }

  static byte[] info(String model, int maxConcurrentRequests, int maxClientBatchSize) {
    return """
        {"model_id":"%s","model_type":{"reranker":{"id2label":{"0":"x"},"label2id":{"x":0}}},
         "max_concurrent_requests":%d,"max_client_batch_size":%d}"""
        .formatted(model, maxConcurrentRequests, maxClientBatchSize)
        .getBytes(StandardCharsets.UTF_8);
  }

  static RerankRequest request(int texts) {
    return new RerankRequest("q", IntStream.range(0, texts).mapToObj(i -> "text " + i).toList());
  }

  static RerankRequest patient(int texts) {
    return new RerankRequest("q", request(texts).texts(), true);
  }

  /** Answers a part as a TEI does, best first, after some time. */
  void answer(RerankPart part, double score, Duration took) {
    reranker.enter(part);
    now.addAndGet(took.toNanos());
    StringBuilder body = new StringBuilder("[");
    for (int i = part.size() - 1; i >= 0; i--) {
      body.append("{\"index\":").append(i).append(",\"score\":").append(score).append("}");
      body.append(i > 0 ? "," : "]");
    }
    call.deliver(part, body.toString().getBytes(StandardCharsets.UTF_8), "10");
    reranker.over(part);
  }

  /** A call that ends with this. */
  void fail(RerankPart part, Throwable thrown) {
    reranker.enter(part);
    call.refuse(part, thrown);
    reranker.over(part);
  }

  /** A request whose only call ends with this. */
  Reranked ended(Throwable thrown) {
    Asked asked = gate.ask(request(3));
    fail(gate.next(), thrown);
    return gate.answer(asked).join();
  }

  static HttpOperationFailedException refused(int status) {
    return new HttpOperationFailedException("http://reranker/rerank", status, "", "", null, "why");
  }

  static List<String> texts(List<RerankPart> parts) {
    return parts.stream().map(part -> part.texts().size() + "").toList();
  }
}
