package org.hippocamel.embedded.atlas.search;

import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Aggregates.vectorSearch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Projections.metaVectorSearchScore;
import static com.mongodb.client.model.search.SearchPath.fieldPath;
import static com.mongodb.client.model.search.VectorSearchOptions.approximateVectorSearchOptions;
import static com.mongodb.client.model.search.VectorSearchOptions.exactVectorSearchOptions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class VectorSearchStageTest extends DriverFixture {
  private static final List<Double> EAST = List.of(1.0, 0.0);

  private static Bson near(int limit) {
    return vectorSearch(fieldPath("v"), EAST, "vi", limit, approximateVectorSearchOptions(50));
  }

  private static Bson near(int limit, Bson filter) {
    return vectorSearch(
        fieldPath("v"), EAST, "vi", limit, approximateVectorSearchOptions(50).filter(filter));
  }

  private void threeMemories() {
    memories.insertMany(
        List.of(
            memory("east", 3, 0).append("n", 1),
            memory("north", 0, 1).append("n", 2),
            new Document("_id", "west").append("v", List.of(-1.0, 0.0)).append("n", 3)));
  }

  @Test
  void approximate_givesDocumentsBestFirst() {
    vectorIndex(2);
    threeMemories();
    List<Document> hits = aggregate(near(3));
    assertEquals(List.of("east", "north", "west"), ids(hits));
    assertEquals(1, hits.get(0).getInteger("n"));
  }

  @Test
  void score_isProjected() {
    vectorIndex(2);
    threeMemories();
    List<Document> hits =
        aggregate(near(2), project(fields(include("n"), metaVectorSearchScore("score"))));
    assertEquals(1.0, hits.get(0).getDouble("score"), 1e-6);
    assertEquals(0.5, hits.get(1).getDouble("score"), 1e-6);
    assertFalse(hits.get(0).containsKey("v"));
  }

  @Test
  void score_canBeAddedAndFilteredOn() {
    vectorIndex(2);
    threeMemories();
    List<Document> hits =
        aggregate(
            near(3),
            Document.parse("{$set: {score: {$meta: 'vectorSearchScore'}}}"),
            match(gte("score", 0.5)));
    assertEquals(List.of("east", "north"), ids(hits));
  }

  @Test
  void exact_takesABinaryVector() {
    vectorIndex(2);
    threeMemories();
    Bson exact =
        vectorSearch(
            fieldPath("v"),
            BinaryVector.floatVector(new float[] {0, 5}),
            "vi",
            1,
            exactVectorSearchOptions());
    assertEquals(List.of("north"), ids(aggregate(exact)));
  }

  @Test
  void filter_takesTheDriversFilters() {
    vectorIndex(2, "n", "tag", "owner");
    ObjectId owner = new ObjectId();
    memories.insertMany(
        List.of(
            memory(1, 1, 0).append("n", 1).append("tag", List.of("a", "b")),
            memory(2, 1, 0).append("n", 2L).append("owner", owner),
            memory(3, 1, 0).append("n", 3.5)));
    assertEquals(List.of(2, 3), ids(aggregate(near(9, gte("n", 2)))));
    assertEquals(List.of(1), ids(aggregate(near(9, eq("tag", "b")))));
    assertEquals(List.of(2), ids(aggregate(near(9, eq("owner", owner)))));
  }

  @Test
  void stages_mayFollow() {
    vectorIndex(2);
    threeMemories();
    assertEquals(List.of("west"), ids(aggregate(near(3), match(eq("n", 3)), limit(1))));
  }

  @Test
  void write_isSeenByTheNextSearch() {
    vectorIndex(2);
    for (int i = 0; i < 30; i++) {
      memories.insertOne(memory(i, 1, i));
      assertEquals(Math.min(50, i + 1), aggregate(near(50)).size());
    }
    memories.updateOne(eq(29), Updates.set("v", BinaryVector.floatVector(new float[] {1, 0})));
    memories.deleteOne(eq(0));
    assertEquals(29, ids(aggregate(near(1))).get(0));
  }

  @Test
  void bulkUpsert_replacesVectors() {
    vectorIndex(2);
    for (int round = 0; round < 2; round++) {
      List<ReplaceOneModel<Document>> writes = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        writes.add(
            new ReplaceOneModel<>(
                eq(i), memory(i, 1, round == 0 ? i : 99 - i), new ReplaceOptions().upsert(true)));
      }
      memories.bulkWrite(writes);
    }
    assertEquals(List.of(99, 98, 97), ids(aggregate(near(3))));
  }

  @Test
  void tenant_seesItsOwnAmongAThousandForeignRows() {
    vectorIndex(8, "tenant");
    Random random = new Random(1);
    List<Document> foreign = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      foreign.add(memory(i, 1, 0, 0, 0, 0, 0, 0, 0).append("tenant", "t" + i % 20));
    }
    memories.insertMany(foreign);
    for (int i = 1000; i < 1005; i++) {
      memories.insertOne(memory(i, SearchFixture.random(random, 8)).append("tenant", "mine"));
    }
    List<Document> hits =
        aggregate(
            vectorSearch(
                fieldPath("v"),
                List.of(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                "vi",
                5,
                approximateVectorSearchOptions(5).filter(eq("tenant", "mine"))));
    assertEquals(5, new HashSet<>(ids(hits)).size());
    assertTrue(hits.stream().allMatch(hit -> hit.getString("tenant").equals("mine")));
  }

  @Test
  void manyHits_comeThroughCursors() {
    vectorIndex(2);
    List<Document> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(memory(i, 1, i));
    }
    memories.insertMany(all);
    List<Document> hits = new ArrayList<>();
    Bson exact = vectorSearch(fieldPath("v"), EAST, "vi", 500, exactVectorSearchOptions());
    memories.aggregate(List.of(exact)).batchSize(7).into(hits);
    assertEquals(500, hits.size());
    assertEquals(0, hits.get(0).get("_id"));
    assertEquals(499, hits.get(499).get("_id"));
  }

  @Test
  void missingIndexAndCollection_findNothing() {
    threeMemories();
    assertEquals(List.of(), aggregate(near(3)));
    memories.drop();
    assertEquals(List.of(), aggregate(near(3)));
  }

  @Test
  void refusal_carriesTheServersCode() {
    vectorIndex(3);
    refused(
        8,
        "PlanExecutor error during aggregation :: caused by :: vector field is indexed with 3"
            + " dimensions but queried with 2",
        () -> aggregate(near(3)));
    refused(
        8,
        "Path 'agent' needs to be indexed as filter",
        () -> aggregate(near(3, eq("agent", "a"))));
  }

  @Test
  void stage_mustBeTheFirst() {
    vectorIndex(2);
    refused(40602, "", () -> aggregate(match(new Document()), near(3)));
  }

  @Test
  void restart_keepsTheIndex() {
    vectorIndex(2);
    threeMemories();
    restart();
    assertEquals(List.of("east", "north", "west"), ids(aggregate(near(3))));
  }
}
