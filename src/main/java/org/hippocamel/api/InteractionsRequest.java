package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.api.Interactions.Item;
import org.hippocamel.api.Interactions.ItemError;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Reads {@code POST /v1/interactions}: one object, an array, or NDJSON. In a list every item stands
 * for itself: a faulty one is reported at its position and its neighbours go on. Thread-safe.
 */
public final class InteractionsRequest {
  private static final Bound LINKS = Bound.fixed(50);
  private static final Bound LAST_TURN = Bound.fixed(1_000_000_000);

  private final Limits limits;
  private final MetadataSchema schema;
  private final Bound ids;
  private final Bound text;

  public InteractionsRequest(Limits limits, MetadataSchema schema) {
    this.limits = limits;
    this.schema = schema;
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
    this.text = new Bound(limits.maxTextChars(), "limits.max-text-chars");
  }

  /**
   * The interactions of a body.
   *
   * @param contentType {@code application/x-ndjson} for one object a line; null or anything else is
   *     read as JSON, or as NDJSON when two objects stand on the first two lines
   * @throws Problem Malformed, Invalid (a single object, an empty list) or Too large (a list longer
   *     than {@code limits.max-items})
   */
  public Interactions parse(byte[] body, String contentType) {
    String json = Body.text(body);
    if (Lines.are(json, contentType)) {
      return lines(Lines.of(json));
    }
    JsonNode value = Body.parse(json);
    return value.isArray()
        ? list(value)
        : new Interactions(List.of(single(value)), List.of(), true);
  }

  private Item single(JsonNode value) {
    return new Item(0, draft(value, ""));
  }

  private Interactions list(JsonNode array) {
    bounded(array.size());
    Collected collected = new Collected();
    for (int i = 0; i < array.size(); i++) {
      JsonNode value = array.get(i);
      collected.add(i, at -> draft(value, at));
    }
    return collected.interactions();
  }

  private Interactions lines(List<Lines.Line> lines) {
    bounded(lines.size());
    Collected collected = new Collected();
    for (int i = 0; i < lines.size(); i++) {
      Lines.Line line = lines.get(i);
      collected.add(i, at -> draft(Body.parse(line.text(), line.number()), at));
    }
    return collected.interactions();
  }

  private void bounded(int items) {
    if (items == 0) {
      throw Problem.invalid("", "the list is empty; send at least one interaction");
    }
    if (items > limits.maxItems()) {
      throw new Problem(
          ProblemKind.TOO_LARGE,
          items
              + " interactions in one request, the limit is "
              + limits.maxItems()
              + " (limits.max-items); send them in several");
    }
  }

  /** A time to forget that has passed is accepted: replayed history may well hold such. */
  private Draft draft(JsonNode value, String pointer) {
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(value, pointer, errors);
    in.forbid("tenant", "the tenant comes from the API key");
    String agentId = in.id("agent_id", true, ids);
    String said = in.string("text", true, text);
    var metadata = schema.check(in.object("metadata"), in.at("metadata"), errors);
    String sessionId = in.id("session_id", false, ids);
    String id = in.id("id", false, ids);
    var occurredAt = in.instant("occurred_at");
    List<String> links = in.ids("links", LINKS, ids);
    var expiresAt = in.instant("expires_at");
    Integer seq = seq(in, sessionId);
    in.finish();
    return new Draft(
        Kind.INTERACTION,
        id,
        agentId,
        sessionId,
        said,
        metadata,
        occurredAt,
        expiresAt,
        links,
        null,
        null,
        seq);
  }

  private static Integer seq(JsonObject in, String sessionId) {
    if (in.value("seq", false) == null) {
      return null;
    }
    if (sessionId == null) {
      in.refuse("seq", "seq is a place in a session, and session_id is missing");
    }
    return in.integer("seq", 0, LAST_TURN, 0);
  }

  /** How one item is read, given its pointer. */
  private interface Reading {
    Draft at(String pointer);
  }

  /** Sorts the items of a list into good and bad. */
  private static final class Collected {
    private final List<Item> items = new ArrayList<>();
    private final List<ItemError> rejected = new ArrayList<>();

    void add(int position, Reading reading) {
      String pointer = Pointer.child("", position);
      try {
        items.add(new Item(position, reading.at(pointer)));
      } catch (Problem problem) {
        rejected.add(new ItemError(position, located(problem, pointer)));
      }
    }

    private static Problem located(Problem problem, String pointer) {
      FieldError whole = new FieldError(pointer, problem.getMessage());
      return problem.errors().isEmpty()
          ? new Problem(problem.kind(), problem.getMessage(), List.of(whole), problem.getCause())
          : problem;
    }

    Interactions interactions() {
      return new Interactions(items, rejected, false);
    }
  }
}
