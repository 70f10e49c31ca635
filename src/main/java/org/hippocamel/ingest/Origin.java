package org.hippocamel.ingest;

import java.util.Map;

/**
 * What all passages of one source share.
 *
 * @param sourceId see {@link SourceId}
 * @param uri file name or URI as the user knows it
 * @param title title of a document that has none of its own, usually the file name
 * @param version see {@link Fingerprint}
 * @param agentId who brought it, or null; a record's own agent wins
 * @param metadata flat; a record's own field wins
 */
public record Origin(
    String sourceId,
    String uri,
    String title,
    String version,
    String agentId,
    Map<String, Object> metadata) {

  public Origin {
    metadata = Map.copyOf(metadata);
  }

  /** The same, with a title that the caller gave. */
  Origin titled(String given) {
    return new Origin(sourceId, uri, given, version, agentId, metadata);
  }

  /** A source of a tenant, titled by the last part of its URI. */
  public static Origin of(
      String tenant, String uri, String version, String agentId, Map<String, Object> metadata) {
    String title = uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1);
    return new Origin(SourceId.of(tenant, uri), uri, title, version, agentId, metadata);
  }
}
