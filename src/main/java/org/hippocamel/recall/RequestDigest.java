package org.hippocamel.recall;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * What two requests must have in common to be answered from one order: 64 bits of SHA-256 for each
 * part, so that a refusal can name the part. The limit and {@code explain} may differ.
 *
 * @param tenant whose memories they are
 * @param query the question
 * @param scope kinds, agent, session and filter
 * @param ranking mode, fusion, weights, freshness and pool
 * @param threshold what a result must reach
 */
record RequestDigest(long tenant, long query, long scope, long ranking, long threshold) {
  static final int BYTES = 5 * Long.BYTES;

  static RequestDigest of(RecallRequest request) {
    return new RequestDigest(
        hash(request.scope().tenant()),
        hash(request.query()),
        // Built from values in a fixed order: the same for the same scope in every process.
        hash(request.scope().vectorFilter().toJson()),
        hash(request.ranking().toString()),
        hash(request.threshold().toString()));
  }

  /** The parts in which the other one differs, as callers know them. */
  List<String> differences(RequestDigest other) {
    if (tenant != other.tenant) {
      return List.of("tenant");
    }
    List<String> parts = new ArrayList<>();
    if (query != other.query) {
      parts.add("query");
    }
    if (scope != other.scope) {
      parts.add("kinds, agent_id, session_id, filter, since or until");
    }
    if (ranking != other.ranking) {
      parts.add("mode, fusion, lexical_weight, freshness or pool");
    }
    if (threshold != other.threshold) {
      parts.add("min_score or min_relevance");
    }
    return parts;
  }

  void put(ByteBuffer bytes) {
    bytes.putLong(tenant).putLong(query).putLong(scope).putLong(ranking).putLong(threshold);
  }

  static RequestDigest get(ByteBuffer bytes) {
    return new RequestDigest(
        bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  static long hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
