package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.Scrape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Spans of a bundle whose tracing is switched on, as an agent's SDK would hear of them. */
class TracingRouteTest {
  private static final String FIRST = "0af7651916cd43dd8448eb211c80319c";
  private static final String SECOND = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final List<SpanData> SPANS = new CopyOnWriteArrayList<>();
  private static StubbedBundle stubbed;

  @BeforeAll
  static void open() {
    GlobalOpenTelemetry.resetForTest();
    OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .buildAndRegisterGlobal();
    stubbed =
        StubbedBundle.open(
            RunningBundle.newFolder(),
            Map.of(
                "tracing.enabled", "true",
                "tei.query-calls", "1",
                "embed.query-deadline-millis", "30000"));
  }

  @AfterAll
  static void close() {
    stubbed.close();
    GlobalOpenTelemetry.resetForTest();
  }

  @Test
  void batch_isOneSpanLinkedToItsCallers() {
    // While the embedder is away one call holds the only slot, and the next two callers gather.
    stubbed.tei().stop();
    List<CompletableFuture<Answer>> answers = new CopyOnWriteArrayList<>();
    answers.add(ask("holds the slot", "11111111111111111111111111111111"));
    waiting(1);
    answers.add(ask("the first caller", FIRST));
    answers.add(ask("the second caller", SECOND));
    waiting(3);
    stubbed.tei().restartOnSamePort();
    answers.forEach(answer -> assertEquals(200, answer.join().status()));
    await().until(() -> !batches(2).isEmpty());
    SpanData batch = batches(2).get(0);
    assertEquals("query", batch.getAttributes().get(AttributeKey.stringKey("hippocamel.lane")));
    assertTrue(batch.getAttributes().get(AttributeKey.longKey("hippocamel.tokens")) > 0);
    assertEquals(
        Set.of(FIRST, SECOND),
        batch.getLinks().stream()
            .map(link -> link.getSpanContext().getTraceId())
            .collect(Collectors.toSet()));
  }

  private static CompletableFuture<Answer> ask(String text, String trace) {
    return CompletableFuture.supplyAsync(
        () ->
            stubbed
                .bundle()
                .postJson(
                    "/v1/embeddings",
                    Map.of("input", text),
                    "traceparent",
                    "00-" + trace + "-00f067aa0ba902b7-01"));
  }

  private static void waiting(int texts) {
    await()
        .until(
            () ->
                Scrape.of(stubbed.bundle()).value("hippocamel_embed_waiting_texts{lane=\"query\"}")
                    == texts);
  }

  private static List<SpanData> batches(long texts) {
    return SPANS.stream()
        .filter(span -> span.getName().equals("embed batch"))
        .filter(span -> span.getAttributes().get(AttributeKey.longKey("hippocamel.texts")) == texts)
        .toList();
  }

  /** Keeps what it is given. */
  private static final class Kept implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      SPANS.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
