package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.ReembedSteps.PATIENCE;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Re-embeddings in a store of its own: one with a limit, and one that two processes share. */
class ReembedStoreTest {
  private static final int MEMORIES = 120;

  @TempDir Path folder;

  private static Map<String, String> at(EmbeddedAtlas store, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("mongo.uri", store.connectionString());
    return settings;
  }

  /** As an Atlas free tier that has an index of somebody else's beside the two. */
  @Test
  void store_thatMakesNoFurtherIndex_failsTheJobWithWhatToDo() {
    try (EmbeddedAtlas store =
            EmbeddedAtlas.start(AtlasOptions.in(folder).withMaxSearchIndexes(2));
        TwoModels models = TwoModels.open(at(store, Map.of()))) {
      ReembedSteps steps = new ReembedSteps(models.bundle());
      steps.fill(3);
      JsonNode failed = steps.ended(steps.order(Map.of()));
      assertEquals("failed", failed.get("state").asText(), failed.toString());
      assertEquals(
          "the store makes no search index vector_"
              + NEW
              + ": it allows no more of them (an Atlas free tier three). Retire a space that is not"
              + " needed (POST /v1/spaces/{id}/retire; there are: "
              + OLD
              + " (active)), drop another search index, or take a larger tier",
          failed.get("reason").asText());
      assertEquals(OLD, steps.search(Map.of()).get("space").asText());
      JsonNode retired = steps.ended(steps.post("/v1/spaces/" + NEW + "/retire"));
      assertEquals("done", retired.get("state").asText(), retired.toString());
    }
  }

  @Test
  void twoProcesses_shareAJob_andCountEachRowOnce() {
    Map<String, String> slow = Map.of("reembed.texts-per-second", "40");
    try (EmbeddedAtlas store = EmbeddedAtlas.start(AtlasOptions.in(folder));
        TwoModels one = TwoModels.open(at(store, slow));
        TwoModels other = TwoModels.open(at(store, slow))) {
      ReembedSteps steps = new ReembedSteps(one.bundle());
      steps.fill(MEMORIES);
      JsonNode job = steps.order(Map.of()).json();
      JsonNode done = steps.ended(job);
      assertEquals("done", done.get("state").asText(), done.toString());
      assertEquals(MEMORIES, done.get("done").asInt(), done.toString());
      assertEquals(MEMORIES, done.get("total").asInt(), done.toString());
      long here = embedded(one.next());
      long there = embedded(other.next());
      assertTrue(here > 0 && there > 0, here + " and " + there);
      // One of them compares a sample of 100 besides.
      assertEquals(MEMORIES + 100, here + there);
      try (MongoClient client = MongoClients.create(store.connectionString())) {
        long counted = 0;
        for (Document slice :
            client.getDatabase("hippocamel").getCollection("reembed_slices").find()) {
          counted += slice.get("done", Number.class).longValue();
        }
        assertEquals(MEMORIES, counted);
      }
      await().atMost(PATIENCE).until(() -> other.spaces().equals(List.of(NEW, OLD)));
    }
  }

  private static long embedded(StubTei model) {
    return model.calls().stream()
        .flatMap(call -> call.texts().stream())
        .filter(text -> text.startsWith("memory"))
        .count();
  }
}
