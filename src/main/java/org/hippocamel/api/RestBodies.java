package org.hippocamel.api;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Lane;
import org.hippocamel.ingest.DocumentFormat;
import org.hippocamel.ingest.Incoming;
import org.hippocamel.memory.Named;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.problem.Problem;
import org.hippocamel.search.SearchRequest;

/**
 * Request bodies to requests of the capabilities, as {@code routes/api.camel.yaml} asks for them.
 */
public final class RestBodies {
  /** Up to this many texts somebody waits; more is bulk work. */
  private static final int INTERACTIVE = 8;

  private final InteractionsRequest interactions;
  private final RecallRequests recall;
  private final DocumentRequest documents;
  private final EmbeddingsRequest embeddings;

  public RestBodies(
      InteractionsRequest interactions,
      RecallRequests recall,
      DocumentRequest documents,
      EmbeddingsRequest embeddings) {
    this.interactions = interactions;
    this.recall = recall;
    this.documents = documents;
    this.embeddings = embeddings;
  }

  /**
   * What the path names. A header or query parameter {@code id} shares its header with the path's
   * and comes first.
   */
  public Named named(Map<String, Object> headers, Caller caller) {
    Object id = headers.get("id");
    Object last = id instanceof List<?> all ? all.get(all.size() - 1) : id;
    return new Named(caller.tenant(), last == null ? "" : last.toString());
  }

  public Interactions interactions(byte[] body, String contentType) {
    return interactions.parse(body, contentType);
  }

  /** The good interactions of a body, for the caller's tenant. */
  public RememberRequest remember(Interactions interactions, Caller caller) {
    Lane lane = interactions.items().size() <= INTERACTIVE ? Lane.QUERY : Lane.INGEST;
    return new RememberRequest(caller.tenant(), lane, interactions.drafts());
  }

  public SearchRequest searchInteractions(byte[] body, Caller caller) {
    return recall.interactions(body, caller);
  }

  public SearchRequest search(byte[] body, Caller caller) {
    return recall.memories(body, caller);
  }

  public Embeddings embeddings(byte[] body) {
    return embeddings.parse(body);
  }

  /** The texts of an embeddings request as they are: no instruction is put before them. */
  public EmbedRequest texts(Embeddings asked) {
    Lane lane = asked.texts().size() <= INTERACTIVE ? Lane.QUERY : Lane.INGEST;
    return new EmbedRequest(asked.texts(), lane).in(asked.space());
  }

  /**
   * The fields of a multipart form, unchecked: they stand in the headers until those are dropped.
   */
  public DocumentUpload upload(Map<String, Object> headers) {
    return new DocumentUpload(
        text(headers, "CamelFileName"), text(headers, "metadata"), text(headers, "agent_id"));
  }

  private static String text(Map<String, Object> headers, String name) {
    Object value = headers.get(name);
    return value == null ? null : value.toString();
  }

  /** The document of a JSON body. */
  public Incoming document(byte[] body, Caller caller) {
    DocumentText document = documents.parse(body);
    return Incoming.awaited(
        caller.tenant(),
        document.uri(),
        document.title(),
        DocumentFormat.find(document.uri()).orElse(DocumentFormat.TEXT),
        content(document.text().getBytes(StandardCharsets.UTF_8)),
        document.metadata(),
        document.agentId());
  }

  /**
   * The file of a multipart form.
   *
   * @throws Problem INVALID when the form has no file, or its name is too long or has no known
   *     extension
   */
  public Incoming file(byte[] file, DocumentUpload upload, Caller caller) {
    String name = documents.fileName(upload.fileName());
    DocumentForm form = documents.form(upload.metadata(), upload.agentId());
    return Incoming.awaited(
        caller.tenant(),
        name,
        null,
        DocumentFormat.ofName(name),
        content(file),
        form.metadata(),
        form.agentId());
  }

  private static Incoming.Content content(byte[] bytes) {
    return () -> new ByteArrayInputStream(bytes);
  }
}
