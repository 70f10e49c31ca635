package org.hippocamel.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;

/** Reads {@code POST /v1/documents}: a JSON body, or the fields beside a file. Thread-safe. */
public final class DocumentRequest {
  private static final Bound URI = Bound.fixed(1_000);
  private static final Bound TITLE = Bound.fixed(500);

  private final MetadataSchema schema;
  private final Bound ids;
  private final Bound text;

  public DocumentRequest(Limits limits, MetadataSchema schema) {
    this.schema = schema;
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
    this.text = new Bound(limits.maxDocumentChars(), "limits.max-document-chars");
  }

  /**
   * The document of a JSON body.
   *
   * @throws Problem Malformed or Invalid with all faults
   */
  public DocumentText parse(byte[] body) {
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    in.forbid("tenant", "the tenant comes from the API key");
    String uri = in.id("uri", true, URI);
    String title = in.string("title", false, TITLE);
    String content = in.string("text", true, text);
    var metadata = schema.check(in.object("metadata"), in.at("metadata"), errors);
    String agentId = in.id("agent_id", false, ids);
    in.finish();
    return new DocumentText(uri, title, content, metadata, agentId);
  }

  /**
   * The name of an uploaded file, which is its uri: bounded like one.
   *
   * @param name as the form gives it, or null without a file
   * @throws Problem Invalid
   */
  public String fileName(String name) {
    if (name == null) {
      throw Problem.invalid("/file", "the form has no file; send one in the field \"file\"");
    }
    ObjectNode form = JsonNodeFactory.instance.objectNode().put("file", name);
    JsonObject in = JsonObject.of(form, "", new ArrayList<>());
    String uri = in.id("file", true, URI);
    in.finish();
    return uri;
  }

  /**
   * The form fields beside a file.
   *
   * @param metadata a JSON object, null or "" without one
   * @param agentId null or "" without one
   * @throws Problem Malformed or Invalid with all faults, pointers as if the form were an object
   */
  public DocumentForm form(String metadata, String agentId) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    if (metadata != null && !metadata.isBlank()) {
      form.set("metadata", Body.field("metadata", metadata));
    }
    if (agentId != null && !agentId.isEmpty()) {
      form.put("agent_id", agentId);
    }
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(form, "", errors);
    var checked = schema.check(in.object("metadata"), in.at("metadata"), errors);
    String agent = in.id("agent_id", false, ids);
    in.finish();
    return new DocumentForm(checked, agent);
  }
}
