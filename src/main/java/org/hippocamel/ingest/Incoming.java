package org.hippocamel.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.hippocamel.embedding.Lane;
import org.hippocamel.job.JobRun;

/**
 * A document or a file that wants to be taken in.
 *
 * @param tenant whose it is
 * @param lane how urgent it is
 * @param uri its name for people, and with the tenant its identity
 * @param title or null for one found in it
 * @param format how to read it
 * @param content its bytes, read twice: once for the fingerprint, once for the records
 * @param metadata for every passage of it
 * @param agentId who made it, or null
 * @param run where its progress is counted, and by which it may be cancelled
 */
public record Incoming(
    String tenant,
    Lane lane,
    String uri,
    String title,
    DocumentFormat format,
    Content content,
    Map<String, Object> metadata,
    String agentId,
    JobRun run) {
  public Incoming {
    metadata = Map.copyOf(metadata);
  }

  /** A document that somebody waits for; no job stands for it. */
  public static Incoming awaited(
      String tenant,
      String uri,
      String title,
      DocumentFormat format,
      Content content,
      Map<String, Object> metadata,
      String agentId) {
    return new Incoming(
        tenant, Lane.INGEST, uri, title, format, content, metadata, agentId, JobRun.unwatched());
  }

  /** Bytes that can be read again from the beginning. */
  @FunctionalInterface
  public interface Content {
    /** A new stream over all of it; whoever opens it closes it. */
    InputStream open() throws IOException;
  }
}
