package org.hippocamel.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.hippocamel.memory.Kind;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;
import org.hippocamel.usage.Cost;
import org.hippocamel.usage.Usage;
import org.hippocamel.usage.UsageMonth;
import org.hippocamel.usage.UsageReport;

/** The reply of {@code GET /v1/stats}, as {@code api/openapi.yaml} shows it. */
public final class StatsReplies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final double HOUR = 3_600_000;

  /** A small sum is told to three digits, not to the cent. */
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private static final int CENTS = 2;

  private final ActiveSpace space;
  private final Cost cost;
  private final Clock clock;

  public StatsReplies(ActiveSpace space, Cost cost, Clock clock) {
    this.space = space;
    this.cost = cost;
    this.clock = clock;
  }

  public Reply stats(Map<Kind, Long> memories, UsageReport report) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode kinds = body.putObject("memories");
    memories.forEach((kind, number) -> kinds.put(kind.word(), number));
    if (space.ready()) {
      Space active = space.get();
      body.putObject("space").put("id", active.id()).put("model_id", active.modelId());
    }
    UsageMonth month = report.month();
    body.put("month", month.month().toString());
    Instant now = clock.instant();
    usage(body.putObject("usage"), month.usage())
        .put("measured_hours", rounded(month.measured(now).toMillis() / HOUR));
    cost(body.putObject("cost"), month.usage());
    ObjectNode formula = body.putObject("formula");
    formula.put("api_dollars", cost.apiFormula(month.usage()));
    formula.put("own_dollars", cost.ownFormula(month.usage()));
    Usage projected = month.projected(now);
    cost(usage(body.putObject("projected"), projected), projected);
    ArrayNode earlier = body.putArray("earlier");
    for (UsageMonth before : report.earlier()) {
      ObjectNode row = earlier.addObject().put("month", before.month().toString());
      cost(usage(row, before.usage()), before.usage());
    }
    return RestReplies.json(OK, body);
  }

  private static ObjectNode usage(ObjectNode json, Usage usage) {
    return json.put("texts", usage.texts())
        .put("tokens", usage.tokens())
        .put("query_tokens", usage.queryTokens())
        .put("ingest_tokens", usage.ingestTokens())
        .put("busy_hours", rounded(usage.busyHours()));
  }

  private void cost(ObjectNode json, Usage usage) {
    json.put("api_dollars", rounded(cost.api(usage))).put("own_dollars", rounded(cost.own(usage)));
  }

  private static BigDecimal rounded(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return exact.compareTo(BigDecimal.ONE) < 0
        ? exact.round(DIGITS)
        : exact.setScale(CENTS, RoundingMode.HALF_UP);
  }
}
