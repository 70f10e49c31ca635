package org.hippocamel.embedded.atlas.search;

import java.util.List;
import java.util.Set;

/**
 * A {@code vector} field of a definition. Quantization is accepted and not applied: scores are
 * those of the full floats, which a quantised index of Atlas approximates.
 *
 * @param dimensions 1 to 8192
 * @param flat never built into a graph: every search is exact
 * @param maxEdges links of a node in the HNSW graph
 * @param candidates size of the candidate list while the graph is built
 */
record VectorField(
    String path,
    int dimensions,
    Similarity similarity,
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
    String quantization = field.oneOf("quantization", "none", List.of("none", "scalar", "binary"));
    if (quantization.equals("binary") && dimensions % 8 != 0) {
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
      return new VectorField(path, dimensions, similarity, flat, 16, 100);
    }
    StrictDocument hnsw = field.child("hnswOptions").only(Set.of("maxEdges", "numEdgeCandidates"));
    return new VectorField(
        path,
        dimensions,
        similarity,
        false,
        hnsw.integer("maxEdges", 16, 64, 16),
        hnsw.integer("numEdgeCandidates", 100, 3200, 100));
  }
}
