package org.hippocamel.ingest;

import java.nio.file.Path;
import java.util.Map;
import org.hippocamel.embedding.Lane;

/**
 * A document or a file that wants to be taken in.
 *
 * @param tenant whose it is
 * @param lane how urgent it is
 * @param uri its name for people, and with the tenant its identity
 * @param title or null for one found in it
 * @param format how to read it
 * @param file where it is, or null when {@code text} holds it
 * @param text its text, or null when {@code file} holds it
 * @param metadata for every passage of it
 * @param agentId who made it, or null
 */
public record Incoming(
    String tenant,
    Lane lane,
    String uri,
    String title,
    DocumentFormat format,
    Path file,
    String text,
    Map<String, Object> metadata,
    String agentId) {
  public Incoming {
    metadata = Map.copyOf(metadata);
  }
}
