package org.hippocamel.embedded.atlas.search;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BinaryVector;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Search indexes over an in-memory store, and short ways to write, define and ask. */
abstract class SearchFixture {
  static final String NS = "test.memories";

  @TempDir Path directory;

  InMemorySource source = new InMemorySource();
  SearchIndexes indexes;

  @AfterEach
  void closeIndexes() {
    if (indexes != null) {
      indexes.close();
    }
  }

  SearchIndexes open(int exactSearchLimit) {
    return open(exactSearchLimit, Duration.ZERO);
  }

  SearchIndexes open(int exactSearchLimit, Duration delay) {
    indexes = new SearchIndexes(directory, source, exactSearchLimit, delay);
    return indexes;
  }

  SearchIndexes reopen(int exactSearchLimit) {
    indexes.close();
    return open(exactSearchLimit);
  }

  static BsonDocument json(String json) {
    return BsonDocument.parse(json.replace('\'', '"'));
  }

  void put(String json) {
    put(json(json));
  }

  void put(BsonDocument document) {
    indexes.committed(source.put(NS, document));
  }

  void delete(BsonValue id) {
    indexes.committed(source.delete(NS, id));
  }

  /** Creates an index and waits until it answers. */
  String create(String name, String type, String definition) {
    String id = indexes.create(NS, name, type, json(definition));
    awaitReady(name);
    return id;
  }

  void awaitReady(String name) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> row(name).getString("status").getValue().equals("READY"));
  }

  BsonDocument row(String name) {
    return indexes.list(NS, name, null).get(0);
  }

  static String vectors(int dimensions, String similarity, String... filters) {
    StringBuilder fields =
        new StringBuilder(
            "{'fields': [{'type': 'vector', 'path': 'v', 'numDimensions': "
                + dimensions
                + ", 'similarity': '"
                + similarity
                + "'}");
    for (String filter : filters) {
      fields.append(", {'type': 'filter', 'path': '").append(filter).append("'}");
    }
    return fields.append("]}").toString();
  }

  List<Hit> nearest(String stage) {
    return indexes.vectorSearch(NS, json(stage));
  }

  List<String> ids(List<Hit> hits) {
    return hits.stream().map(hit -> text(hit.id())).toList();
  }

  List<Hit> search(String stage) {
    List<Hit> hits = new ArrayList<>();
    indexes.search(NS, json(stage)).forEachRemaining(hits::add);
    return hits;
  }

  private static String text(BsonValue id) {
    return id.isString() ? id.asString().getValue() : Long.toString(id.asNumber().longValue());
  }

  static float[] random(Random random, int dimensions) {
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  static BsonBinary binary(float[] vector) {
    return new BsonBinary(BinaryVector.floatVector(vector));
  }

  static BsonArray doubles(float... vector) {
    BsonArray array = new BsonArray();
    for (float v : vector) {
      array.add(new BsonDouble(v));
    }
    return array;
  }

  static BsonDocument row(int id, float[] vector) {
    return new BsonDocument("_id", new BsonInt32(id)).append("v", binary(vector));
  }

  static BsonDocument row(String id, float[] vector) {
    return new BsonDocument("_id", new BsonString(id)).append("v", doubles(vector));
  }

  static BsonDocument stage(float[] query, int limit, int candidates) {
    BsonDocument stage =
        new BsonDocument("index", new BsonString("vi"))
            .append("path", new BsonString("v"))
            .append("queryVector", binary(query))
            .append("limit", new BsonInt32(limit));
    return candidates == 0
        ? stage.append("exact", org.bson.BsonBoolean.TRUE)
        : stage.append("numCandidates", new BsonInt32(candidates));
  }
}
