package org.hippocamel.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A memory as somebody wants it stored: checked, but without id, hash and vector.
 *
 * @param kind what it is
 * @param id the caller's own id within the tenant, or null for one derived from the content
 * @param agentId who made it, or null (passages)
 * @param sessionId in which conversation, or null
 * @param text the text, not blank
 * @param metadata flat: String, Long, Double, Boolean, Instant, or a List of one of them
 * @param occurredAt when it happened, or null for now
 * @param expiresAt when to forget it, or null for never
 * @param links ids of memories it refers to
 * @param source where a passage comes from, or null
 * @param solved what a case has beside its problem, which is the text; else null
 * @param seq its place in the session, from 0, or null
 */
public record Draft(
    Kind kind,
    String id,
    String agentId,
    String sessionId,
    String text,
    Map<String, Object> metadata,
    Instant occurredAt,
    Instant expiresAt,
    List<String> links,
    Source source,
    Solved solved,
    Integer seq) {

  public Draft {
    metadata = Map.copyOf(metadata);
    links = List.copyOf(links);
    if ((kind == Kind.CASE) != (solved != null)) {
      throw new IllegalArgumentException("a case, and nothing else, has a solution");
    }
  }

  /** A memory that is no case and has no place in a session. */
  public Draft(
      Kind kind,
      String id,
      String agentId,
      String sessionId,
      String text,
      Map<String, Object> metadata,
      Instant occurredAt,
      Instant expiresAt,
      List<String> links,
      Source source) {
    this(
        kind,
        id,
        agentId,
        sessionId,
        text,
        metadata,
        occurredAt,
        expiresAt,
        links,
        source,
        null,
        null);
  }

  /**
   * Whether the text is known to be no longer than the model reads: passages were cut to measure.
   */
  public boolean measured() {
    return source != null;
  }

  /**
   * What is embedded and hashed: the text, after the headings above it where there are any. A
   * passage such as "Set it to 8080." means nothing without them.
   */
  public String embedded() {
    return source == null || source.heading() == null ? text : source.heading() + "\n" + text;
  }
}
