package org.hippocamel.recall;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.hippocamel.spaces.Calibration;

/**
 * The end of a page: where in the order of a request the next one begins, and what that order was
 * made with, so that neither the clock nor a new calibration changes it between two pages.
 *
 * <p>Callers carry it as text and may forge it. It says where to go on in what the caller may see
 * anyway: tenant and filter are those of the request that comes with it, never of the cursor.
 *
 * @param request what the request must be like
 * @param space hash of the embedding space's id
 * @param depth results given so far
 * @param pool candidates of each list that the page took
 * @param asOf the moment of the first page, from which ages are counted
 * @param calibration by which scores are standardised
 * @param byWordsAlone whether the embedder was away when the first page was made
 * @param score of the last result
 * @param id of the last result, within the tenant
 */
public record Cursor(
    RequestDigest request,
    long space,
    int depth,
    int pool,
    Instant asOf,
    Calibration calibration,
    boolean byWordsAlone,
    double score,
    String id) {
  private static final byte VERSION = 1;
  private static final int FIXED =
      2 + RequestDigest.BYTES + 2 * Long.BYTES + 2 * Integer.BYTES + 3 * Double.BYTES;

  /** Longer than any that is given out: an id has at most 500 characters. */
  public static final int MAX_CHARS = 4_000;

  /**
   * The cursor of a text.
   *
   * @return empty when no reply ever had it
   */
  public static Optional<Cursor> parse(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      return bytes.get() == VERSION ? read(bytes) : Optional.empty();
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static Optional<Cursor> read(ByteBuffer bytes) {
    boolean byWordsAlone = bytes.get() == 1;
    RequestDigest request = RequestDigest.get(bytes);
    long space = bytes.getLong();
    int depth = bytes.getInt();
    int pool = bytes.getInt();
    Instant asOf = Instant.ofEpochMilli(bytes.getLong());
    double mean = bytes.getDouble();
    double deviation = bytes.getDouble();
    double score = bytes.getDouble();
    byte[] id = new byte[bytes.remaining()];
    bytes.get(id);
    if (depth < 1 || pool < 1 || !(Math.abs(mean) <= 1) || !(deviation > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        new Cursor(
            request,
            space,
            depth,
            pool,
            asOf,
            new Calibration(mean, deviation, 0, 0),
            byWordsAlone,
            score,
            new String(id, StandardCharsets.UTF_8)));
  }

  /** The form that callers carry: letters, digits, minus and underscore. */
  public String text() {
    byte[] last = id.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(FIXED + last.length);
    bytes.put(VERSION).put((byte) (byWordsAlone ? 1 : 0));
    request.put(bytes);
    bytes.putLong(space).putInt(depth).putInt(pool).putLong(asOf.toEpochMilli());
    bytes.putDouble(calibration.mean()).putDouble(calibration.deviation()).putDouble(score);
    bytes.put(last);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The parts in which a request is not the one that it was given for; empty when it is. */
  public List<String> differences(RecallRequest other) {
    return request.differences(RequestDigest.of(other));
  }
}
