package org.hippocamel.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * One way to search that is measured: a mode, stages switched on, further fields of the request.
 * One that names a stage of contexts is asked for a context, with the other stages off.
 *
 * @param name as it was written: {@code hybrid+rerank:lexical_weight=0.2}
 * @param fields what it adds to a search request: {@code {"mode": "hybrid", "rerank": true,
 *     "lexical_weight": 0.2}}
 */
public record Variant(String name, ObjectNode fields) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A context holds no more memories unless the service is told so (context.max-k). */
  private static final int MOST = 50;

  private static final int ROOMY = 32_000;

  /** Stages that contexts have and searches have not. */
  private static final List<String> OF_CONTEXTS = List.of("graph", "diversity");

  /** Variants with commas between. */
  public static List<Variant> list(String names) {
    return Arrays.stream(names.split(",")).map(String::strip).map(Variant::of).toList();
  }

  /**
   * One variant.
   *
   * @throws IllegalArgumentException when it is not {@code mode}, {@code +stage}s and {@code
   *     :field=value}s
   */
  public static Variant of(String name) {
    if (!name.matches("[a-z]+(\\+[a-z_]+)*(:[a-z_.]+=[^:,]+)*")) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is not a mode, like vector, hybrid+rerank or hybrid:fusion=rrf");
    }
    String[] parts = name.split(":");
    String[] stages = parts[0].split("\\+");
    ObjectNode fields = JSON.createObjectNode().put("mode", stages[0]);
    Arrays.stream(stages).skip(1).forEach(stage -> fields.put(stage, true));
    Arrays.stream(parts)
        .skip(1)
        .map(part -> part.split("=", 2))
        .forEach(field -> put(fields, field[0], value(field[1])));
    return new Variant(name, fields);
  }

  /** {@code graph.hops} is a field of the object {@code graph}. */
  private static void put(ObjectNode fields, String path, JsonNode value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      fields.set(path, value);
      return;
    }
    String outer = path.substring(0, dot);
    ObjectNode inner =
        fields.get(outer) instanceof ObjectNode object ? object : fields.putObject(outer);
    put(inner, path.substring(dot + 1), value);
  }

  /** The same, asked in a space. */
  public Variant in(String space) {
    return of(name + ":space=" + space);
  }

  /** Whether a context is asked for. */
  public boolean context() {
    return OF_CONTEXTS.stream().anyMatch(fields::has);
  }

  /** The request for a query: what the variant names is on, and no other stage. */
  public ObjectNode request(String query, int limit) {
    ObjectNode body = fields.deepCopy().put("query", query);
    if (!context()) {
      return body.put("limit", limit);
    }
    OF_CONTEXTS.stream().filter(stage -> !body.has(stage)).forEach(stage -> body.put(stage, false));
    if (!body.has("rerank")) {
      body.put("rerank", false);
    }
    // Memories are judged, not the room that their texts take.
    return body.put("k", Math.min(limit, MOST)).put("token_budget", ROOMY);
  }

  /** A number, true or false; anything else is a text. */
  private static JsonNode value(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }
}
