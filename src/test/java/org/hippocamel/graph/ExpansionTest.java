package org.hippocamel.graph;

import static org.hippocamel.graph.TestContexts.hit;
import static org.hippocamel.graph.TestContexts.recalled;
import static org.hippocamel.graph.TestContexts.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.GraphSettings;
import org.hippocamel.graph.ContextRequest.Walk;
import org.hippocamel.recall.SearchReply;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  static final GraphSettings SETTINGS =
      new GraphSettings(List.of(), Optional.empty(), 24, 2, 1, 4, 3, 10, 5, 0.5, 0.5);

  private final Expansion expansion =
      new Expansion(SETTINGS, new MemoryKeys(new Entities(Terms.none(), 24), List.of()));
  private final ContextRequest request = request(5, 100, new Walk(2, 0.5), null);
  private final SearchReply recalled = recalled(hit("t:a", 3), hit("t:b", 2), hit("t:c", 1));

  private static String json(List<Bson> pipeline) {
    return pipeline.stream()
        .map(stage -> ((Document) stage).toJson().replace('"', '\''))
        .toList()
        .toString();
  }

  private static Document keys(String id, String... keys) {
    return new Document("_id", id).append("keys", List.of(keys));
  }

  private Subgraph begun() {
    return expansion.begin(request, recalled, List.of(keys("t:b", "k2"), keys("t:a", "k1", "k2")));
  }

  @Test
  void graph_isLeftOut_whereItIsNotWantedOrNothingWasFound() {
    assertTrue(expansion.wanted(request, recalled));
    assertFalse(expansion.wanted(request, recalled()));
    assertFalse(expansion.wanted(request(5, 100, Walk.NONE, null), recalled));
  }

  @Test
  void seeds_areTheBestHits_andWhatTheQuestionNames() {
    assertEquals(
        "[{'$match': {'$and': [{'_id': {'$in': ['t:a', 't:b']}},"
            + " {'$and': [{'tenant': {'$eq': 't'}}]}]}}, {'$project': {'keys': 1}}]",
        json(expansion.seedsPipeline(request, recalled)));
    assertEquals(List.of("entity:e17", "k1", "k2"), begun().unasked(10));
  }

  @Test
  void sizes_areCountedToOneMoreThanAHubHas_inTheTenantAlone() {
    assertEquals(
        "[{'$match': {'_id': {'$in': ['t:a', 't:b']}}}, {'$limit': 1},"
            + " {'$project': {'_id': 0, 'key': {'$literal': ['entity:e17', 'k1', 'k2']}}},"
            + " {'$unwind': '$key'},"
            + " {'$lookup': {'from': 'memories', 'localField': 'key', 'foreignField': 'keys',"
            + " 'pipeline': [{'$match': {'$and': [{'tenant': {'$eq': 't'}}]}}, {'$limit': 4},"
            + " {'$project': {'_id': 1}}], 'as': 'sharing'}},"
            + " {'$project': {'key': 1, 'size': {'$size': '$sharing'}}}]",
        json(expansion.sizesPipeline(request, begun())));
  }

  @Test
  void neighbours_areLookedUpByRareKeys_withinTheScope() {
    Subgraph sized =
        expansion.sized(
            begun(),
            List.of(
                new Document("key", "entity:e17").append("size", 0),
                new Document("key", "k1").append("size", 4),
                new Document("key", "k2").append("size", 2)));
    assertTrue(expansion.leads(sized));
    assertEquals(
        "[{'$match': {'_id': {'$in': ['t:a', 't:b']}}}, {'$limit': 1},"
            + " {'$graphLookup': {'from': 'memories', 'startWith': {'$literal': ['k2']},"
            + " 'connectFromField': 'keys', 'connectToField': 'keys', 'maxDepth': 0,"
            + " 'restrictSearchWithMatch': {'$and': [{'tenant': {'$eq': 't'}}]}, 'as': 'near'}},"
            + " {'$unwind': '$near'}, {'$project': {'_id': '$near._id', 'keys': '$near.keys'}}]",
        json(expansion.neighboursPipeline(request, sized)));
  }

  @Test
  void walk_endsAfterItsSteps_orWhereNoKeyIsNew() {
    assertTrue(expansion.goesOn(request, begun()));
    Subgraph sized = expansion.sized(begun(), List.of());
    assertFalse(expansion.leads(sized), "keys that nobody has any more");
    Subgraph one = expansion.joined(sized, List.of(keys("t:n", "k3"), keys("t:m")));
    assertTrue(expansion.goesOn(request, one));
    assertFalse(expansion.goesOn(request, expansion.ended(expansion.sized(one, List.of()))));
    assertFalse(expansion.goesOn(request, expansion.joined(sized, List.of(keys("t:n", "k1")))));
  }

  /** A row of before there were keys. */
  @Test
  void rowsWithoutKeys_standAlone() {
    Subgraph begun = expansion.begin(request, recalled, List.of(new Document("_id", "t:a")));
    assertEquals(List.of("entity:e17"), begun.unasked(10));
  }
}
