package org.hippocamel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import org.hippocamel.embedding.BatchTraces;
import org.hippocamel.embedding.Lane;

/** A span for each batch, linked to the requests whose texts are in it. */
final class BatchSpans implements BatchTraces {
  private final Tracer tracer = GlobalOpenTelemetry.get().getTracer("hippocamel");

  @Override
  public Object caller() {
    SpanContext caller = Span.current().getSpanContext();
    return caller.isValid() ? caller : null;
  }

  @Override
  public Ending left(Lane lane, int texts, List<Object> callers) {
    SpanBuilder builder =
        tracer
            .spanBuilder("embed batch")
            .setParent(Context.root())
            .setSpanKind(SpanKind.INTERNAL)
            .setAttribute("hippocamel.lane", lane.word())
            .setAttribute("hippocamel.texts", texts);
    callers.forEach(caller -> builder.addLink((SpanContext) caller));
    Span span = builder.startSpan();
    return tokens -> span.setAttribute("hippocamel.tokens", tokens).end();
  }
}
