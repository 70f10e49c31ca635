package org.hippocamel.embedded.atlas.search;

import java.util.List;
import java.util.Set;

/**
 * A {@code vector} field of a definition.
 *
 * @param dimensions 1 to 8192
 * @param quantization of the graph; what is not in it yet is compared by its floats
 * @param flat never built into a graph: every search is exact
 * @param maxEdges links of a node in the HNSW graph
 * @param candidates size of the candidate list while the graph is built
 */
record VectorField(
    String path,
    int dimensions,
    Similarity similarity,
    Quantization quantization,
    boolean flat,
    int maxEdges,
    int candidates) {
  static final int MAX_DIMENSIONS = 8192;

  static VectorField parse(StrictDocument field) {
    field.only(
        Set.of(
            "type",
            "path",
            "numDimensions",
            "similarity",
            "quantization",
            "indexingMethod",
            "hnswOptions"));
    String path = field.string("path");
    int dimensions = field.integer("numDimensions", 1, MAX_DIMENSIONS);
    Similarity similarity = Similarity.named(field.oneOf("similarity", null, Similarity.NAMES));
    Quantization quantization =
        Quantization.named(field.oneOf("quantization", "none", Quantization.NAMES));
    if (quantization == Quantization.BINARY && dimensions % 8 != 0) {
      throw field.refuse(
          field.path("numDimensions")
              + " must be a multiple of 8 for binary quantization but is "
              + dimensions);
    }
    boolean flat = field.oneOf("indexingMethod", "hnsw", List.of("hnsw", "flat")).equals("flat");
    if (flat && field.has("hnswOptions")) {
      throw field.refuse(field.path("hnswOptions") + " is only allowed with indexingMethod hnsw");
    }
    if (!field.has("hnswOptions")) {
      return new VectorField(path, dimensions, similarity, quantization, flat, 16, 100);
    }
    StrictDocument hnsw = field.child("hnswOptions").only(Set.of("maxEdges", "numEdgeCandidates"));
    return new VectorField(
        path,
        dimensions,
        similarity,
        quantization,
        false,
        hnsw.integer("maxEdges", 16, 64, 16),
        hnsw.integer("numEdgeCandidates", 100, 3200, 100));
  }
}
