package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.junit.jupiter.api.Test;

/** The scripted TEI's vectors are hashes: their cosines lie around 0, not where bge's do. */
class CalibrateRouteTest {
  @Test
  void calibrate_followsWhatIsStored_andKeepsItWithTheSpace() {
    try (StubbedBundle stubbed =
        StubbedBundle.open(RunningBundle.newFolder(), Map.of("recall.calibrate-millis", "50"))) {
      RunningBundle bundle = stubbed.bundle();
      JsonNode assumed = calibration(bundle);
      assertEquals(0, assumed.get("texts").asInt());
      assertEquals(0.6, assumed.get("mean").asDouble());
      List<Map<String, String>> items =
          IntStream.range(0, 300)
              .mapToObj(i -> Map.of("agent_id", "a", "text", "text number " + i))
              .toList();
      assertEquals(200, bundle.postJson("/v1/interactions", items).status());
      await().until(() -> calibration(bundle).get("texts").asInt() == 256);
      JsonNode measured = calibration(bundle);
      assertEquals(0, measured.get("mean").asDouble(), 0.02);
      assertTrue(measured.get("deviation").asDouble() > 0.02, measured.toString());
      Document kept = bundle.collection("spaces").find().first().get("calibration", Document.class);
      assertEquals(measured.get("deviation").asDouble(), kept.getDouble("deviation"));
    }
  }

  private static JsonNode calibration(RunningBundle bundle) {
    return bundle.get("/v1/spaces").json().at("/spaces/0/calibration");
  }
}
