package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.ReembedSteps.PATIENCE;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stale is embedded when the time comes. */
class ReembedCronRouteTest {
  /** The system's clock, put forward. */
  private static final class PutForward extends Clock {
    private volatile Duration by = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private final PutForward clock = new PutForward();
  private TwoModels models;
  private ReembedSteps steps;

  @BeforeEach
  void open() {
    StubTei.Options other = TwoModels.other();
    models = TwoModels.open(other, Map.of("reembed.cron", "0 3 1 * *"), clock);
    steps = new ReembedSteps(models.bundle());
    steps.fill(5);
  }

  @AfterEach
  void close() {
    models.close();
  }

  private JsonNode jobs() {
    return models.bundle().get("/v1/jobs?kind=reembed").json().get("jobs");
  }

  @Test
  void cron_embedsWhatLacksAVector_onceForEachTime_andMovesToNoOtherModel() {
    models
        .bundle()
        .collection("memories")
        .updateMany(
            new Document("_id", new Document("$in", java.util.List.of("default:m1", "default:m3"))),
            new Document("$unset", new Document("vectors", "")));
    assertEquals(0, jobs().size());
    clock.by = Duration.ofDays(32);
    await()
        .atMost(PATIENCE)
        .until(() -> jobs().size() == 1 && jobs().get(0).get("state").asText().equals("done"));
    assertEquals(2, jobs().get(0).get("done").asInt(), jobs().toString());
    assertEquals(Set.of(OLD), models.vectors("m3"));
    assertEquals(0, steps.spaces(true).get(0).get("missing").asInt());
    assertEquals(java.util.List.of(OLD), models.spaces(), NEW + " is nobody's order");
  }
}
