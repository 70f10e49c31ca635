package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hippocamel.recall.RandomFilters;

/**
 * Bodies of searches by which somebody might want to see what is not his, the same ones for the
 * same seed. Some of every sort are good and must be answered.
 */
public final class HostileSearches {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> MODES = List.of("vector", "lexical", "hybrid");
  private static final List<String> FIELDS =
      List.of(
          "query",
          "limit",
          "agent_id",
          "session_id",
          "kinds",
          "filter",
          "mode",
          "fusion",
          "lexical_weight",
          "freshness",
          "pool",
          "since",
          "until",
          "min_score",
          "min_relevance",
          "cursor",
          "explain");
  private static final List<String> KEYS =
      List.of(
          "tenant",
          "$tenant",
          "tenant.",
          ".tenant",
          "metadata.tenant",
          "t\u0435nant",
          " tenant",
          "tenant\u0000",
          "TENANT",
          "_id",
          "$or",
          "$where",
          "$expr",
          "$nor",
          "a.b.c",
          "$",
          ".",
          "",
          "__proto__",
          "constructor",
          "prototype",
          "toString",
          "hasOwnProperty",
          "class",
          "vectors",
          "source.id",
          "keys",
          "hash",
          "text",
          "\u202etenant",
          "\ud83d\ude00",
          "query\u200b");
  private static final List<String> VALUES =
      List.of(
          "huge",
          "huge:1",
          "default",
          "*",
          ".*",
          "%",
          "' || '1'=='1",
          "\"}}]},{\"$match\":{}}",
          "$tenant",
          "$$ROOT",
          "{\"$gt\":\"\"}",
          "\u0000",
          "\u202e",
          "e\u0301",
          "\u00e9",
          "\uffff",
          "\ud83d\ude00",
          "null",
          "true",
          "9007199254740993",
          "NaN");

  private final Random random;
  private final RandomFilters filters;
  private final List<String> cursors;

  /** What somebody tries. */
  public enum Sort {
    GRAMMAR,
    OPERATORS,
    KEYS,
    DEPTH,
    SIZE,
    TYPES,
    DUPLICATES,
    CURSORS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A body, which is not always JSON. */
  public record Attempt(Sort sort, String body) {}

  /**
   * @param cursors that replies to other tenants gave, and replies to one's own
   */
  public HostileSearches(long seed, List<String> cursors) {
    this.random = new Random(seed);
    this.filters = new RandomFilters(seed, 0.05);
    this.cursors = List.copyOf(cursors);
  }

  /** The next one. */
  public Attempt next() {
    Sort sort = pick(List.of(Sort.values()));
    ObjectNode body = search();
    switch (sort) {
      case GRAMMAR -> body.set("filter", filters.next());
      case OPERATORS -> body.set(pick(FIELDS), operator());
      case KEYS -> keys(body);
      case DEPTH -> body.set("filter", deep(random.nextInt(3) == 0 ? 200 : 12));
      case SIZE -> size(body);
      case TYPES -> body.set(pick(FIELDS), any(0));
      case CURSORS -> body.put("cursor", cursor());
      case DUPLICATES -> {}
    }
    String json = sort == Sort.DUPLICATES ? twice(body) : body.toString();
    // Half a surrogate pair only survives as an escape; UTF-8 has no form for it.
    return new Attempt(
        sort, json.replaceAll("(?<![\ud800-\udbff])\ud83d(?![\udc00-\udfff])", "\\\\ud83d"));
  }

  private ObjectNode search() {
    return JSON.objectNode()
        .put("query", "needle number " + random.nextInt(20))
        .put("mode", pick(MODES))
        .put("limit", 1 + random.nextInt(40));
  }

  private JsonNode operator() {
    ObjectNode operator = JSON.objectNode();
    String name = pick(List.of("$ne", "$gt", "$in", "$where", "$regex", "$expr", "$not", "exists"));
    return operator.set(name, random.nextBoolean() ? JSON.textNode(pick(VALUES)) : any(2));
  }

  private void keys(ObjectNode body) {
    ObjectNode filter = random.nextInt(3) == 0 ? body : body.putObject("filter");
    filter.set(pick(KEYS), random.nextBoolean() ? JSON.textNode(pick(VALUES)) : operator());
    if (random.nextBoolean()) {
      filter.put("topic", pick(VALUES));
    }
  }

  private JsonNode deep(int most) {
    JsonNode filter = JSON.objectNode().put("topic", pick(List.of("a", "b", "$d")));
    for (int depth = random.nextInt(most); depth > 0; depth--) {
      ObjectNode around = JSON.objectNode();
      switch (random.nextInt(3)) {
        case 0 -> around.set("not", filter);
        case 1 -> around.putArray("and").add(filter);
        default -> around.putArray("or").add(filter).add(JSON.objectNode().put("year", 1));
      }
      filter = around;
    }
    return filter;
  }

  private void size(ObjectNode body) {
    int size = random.nextInt(random.nextInt(4) == 0 ? 20_000 : 150);
    switch (random.nextInt(4)) {
      case 0 -> {
        ArrayNode values = body.putObject("filter").putObject("topic").putArray("in");
        for (int i = 0; i < size; i++) {
          values.add(i % 7 == 0 ? "a" : "v" + i);
        }
      }
      case 1 -> body.putObject("filter").put("topic", "x".repeat(size));
      case 2 -> body.put(pick(List.of("query", "agent_id", "cursor")), "y ".repeat(size));
      default -> {
        ObjectNode filter = body.putObject("filter");
        for (int i = 0; i < size; i++) {
          filter.put("field" + i, i);
        }
      }
    }
  }

  private JsonNode any(int depth) {
    return switch (random.nextInt(depth > 3 ? 7 : 9)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt(500) - 100);
      case 3 -> JSON.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(300)));
      case 4 -> JSON.numberNode(new java.math.BigInteger(200, random));
      case 5 -> JSON.textNode("2026-0" + random.nextInt(10) + "-01");
      case 6 -> new TextNode(random.nextInt(8) == 0 ? "\ud83d half" : pick(VALUES));
      case 7 -> JSON.arrayNode().add(any(depth + 1)).add(any(depth + 1));
      default -> JSON.objectNode().set(pick(KEYS), any(depth + 1));
    };
  }

  /** Somebody else's cursor, one's own with another request, or one that was tampered with. */
  private String cursor() {
    String cursor = pick(cursors);
    if (random.nextInt(3) > 0) {
      return cursor;
    }
    byte[] bytes = Base64.getUrlDecoder().decode(cursor);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return random.nextBoolean() ? forged : forged.substring(0, random.nextInt(forged.length()));
  }

  /** A field that stands twice: readers disagree about which one counts. */
  private String twice(ObjectNode body) {
    String field = pick(List.of("filter", "query", "limit", "tenant", "agent_id"));
    ObjectNode inside = JSON.objectNode().put("topic", "a").put("tenant", "huge");
    String value = field.equals("filter") ? inside.toString() : "\"" + "huge" + "\"";
    String json = body.set("filter", JSON.objectNode().put("topic", "a")).toString();
    return random.nextBoolean()
        ? json.substring(0, json.length() - 1) + ",\"" + field + "\":" + value + "}"
        : json.replace("\"topic\":\"a\"", "\"topic\":\"a\",\"topic\":{\"$ne\":\"\"}");
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
