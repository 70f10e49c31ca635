package org.hippocamel.embedded.atlas.search;

import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * A {@code $vectorSearch} stage, checked as far as it can be without its index.
 *
 * @param vector as given, not prepared for the similarity; null when its element type is another
 *     than the index's, which finds nothing
 * @param candidates 0 for an exact search
 * @param filter null without one
 */
record VectorQuery(
    String index, String path, float[] vector, int candidates, int limit, StrictDocument filter) {
  private static final int MAX_CANDIDATES = 10_000;

  static VectorQuery parse(BsonDocument document) {
    StrictDocument stage =
        new StrictDocument(document, "", SearchException::query)
            .only(
                Set.of(
                    "index",
                    "path",
                    "queryVector",
                    "query",
                    "numCandidates",
                    "limit",
                    "filter",
                    "exact",
                    "returnStoredSource"));
    if (stage.has("query") == stage.has("queryVector")) {
      throw stage.refuse("Exactly one and only one of query and queryVector can be present");
    }
    if (stage.has("query")) {
      throw stage.refuse(
          "\"query\" needs an autoEmbed index, which the embedded Atlas does not have; embed the"
              + " text and send \"queryVector\"");
    }
    if (stage.bool("returnStoredSource", false)) {
      throw stage.refuse("\"returnStoredSource\" is not supported by the embedded Atlas");
    }
    int limit = stage.integer("limit", 1, Integer.MAX_VALUE);
    return new VectorQuery(
        stage.string("index"),
        stage.string("path"),
        vector(stage),
        candidates(stage, limit),
        limit,
        stage.has("filter") ? stage.child("filter") : null);
  }

  private static int candidates(StrictDocument stage, int limit) {
    if (stage.bool("exact", false)) {
      if (stage.has("numCandidates")) {
        throw stage.refuse("\"numCandidates\" must be omitted when \"exact\" is set to true");
      }
      return 0;
    }
    if (!stage.has("numCandidates")) {
      throw stage.refuse("numCandidates is required for approximate vector search");
    }
    int candidates = stage.integer("numCandidates", 1, MAX_CANDIDATES);
    if (limit > candidates) {
      throw stage.refuse("limit should be less than or equal to numCandidates");
    }
    return candidates;
  }

  private static float[] vector(StrictDocument stage) {
    BsonValue value = stage.required("queryVector");
    byte dtype = VectorValue.dtype(value);
    if (dtype == VectorValue.INT8 || dtype == VectorValue.PACKED_BIT) {
      return null;
    }
    float[] vector = VectorValue.floats(value);
    if (vector == null) {
      throw stage.refuse(
          "\"queryVector\" must be an array of finite numbers or BinData of subtype 9");
    }
    return vector;
  }
}
