package org.hippocamel.recall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Filters of all sorts from a seed: good ones, and ones with something wrong here and there. */
public final class RandomFilters {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> FIELDS = List.of("topic", "year", "done", "published");
  private static final List<String> ODD_FIELDS =
      List.of(
          "kind",
          "agent_id",
          "source_id",
          "occurred_at",
          "tenant",
          "$where",
          "$or",
          "a.b",
          "",
          "é😀",
          "metadata.topic",
          "_id",
          "x'y\"z",
          "\u0000",
          "and",
          "not",
          "\ud83d");
  private static final List<String> OPERATORS =
      List.of("eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "exists");
  private static final List<String> ODD_OPERATORS = List.of("$gt", "regex", "", "like", "EQ");

  private final Random random;
  private final double odd;

  /**
   * @param odd share of choices that are wrong, 0 to 1
   */
  public RandomFilters(long seed, double odd) {
    this.random = new Random(seed);
    this.odd = odd;
  }

  public JsonNode next() {
    return filter(0);
  }

  private JsonNode filter(int depth) {
    if (chance(odd / 4)) {
      return value("topic");
    }
    ObjectNode filter = JSON.objectNode();
    int parts = chance(odd / 4) ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < parts; i++) {
      part(filter, depth);
    }
    return filter;
  }

  private void part(ObjectNode filter, int depth) {
    int deepest = odd > 0 ? 10 : 4;
    switch (depth < deepest ? random.nextInt(9) : 8) {
      case 0 -> filter.set("not", filter(depth + 1));
      case 1 -> filter.set("and", filters(depth + 1));
      case 2 -> filter.set("or", filters(depth + 1));
      default -> {
        String field = chance(odd) ? pick(ODD_FIELDS) : pick(FIELDS);
        filter.set(field, chance(0.3) ? value(field) : operators(field));
      }
    }
  }

  private ArrayNode filters(int depth) {
    ArrayNode filters = JSON.arrayNode();
    int parts = chance(odd / 4) ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < parts; i++) {
      filters.add(filter(depth));
    }
    return filters;
  }

  private ObjectNode operators(String field) {
    ObjectNode operators = JSON.objectNode();
    boolean ordered = !field.equals("topic") && !field.equals("done");
    int parts = chance(odd / 4) ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < parts; i++) {
      String operator = chance(odd) ? pick(ODD_OPERATORS) : pick(OPERATORS);
      boolean bound = operator.startsWith("g") || operator.startsWith("l");
      operator = bound && !ordered && !chance(odd) ? "ne" : operator;
      operators.set(operator, operand(operator, field));
    }
    return operators;
  }

  private JsonNode operand(String operator, String field) {
    return switch (operator) {
      case "exists" -> chance(odd) ? value(field) : JSON.booleanNode(random.nextBoolean());
      case "in", "nin" -> values(field);
      default -> value(field);
    };
  }

  private ArrayNode values(String field) {
    ArrayNode values = JSON.arrayNode();
    int size = chance(odd / 4) ? 0 : chance(odd / 8) ? 200 : 1 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      values.add(value(field));
    }
    return values;
  }

  private JsonNode value(String field) {
    if (chance(odd)) {
      return wrong();
    }
    return switch (field) {
      case "year" ->
          random.nextBoolean()
              ? JSON.numberNode(random.nextInt(4))
              : JSON.numberNode(random.nextInt(8) / 2.0);
      case "done" -> JSON.booleanNode(random.nextBoolean());
      case "published", "occurred_at" -> JSON.textNode("2026-01-0" + (1 + random.nextInt(4)));
      case "kind" -> JSON.textNode("case");
      default -> JSON.textNode(pick(List.of("a", "b", "c", "$d", "\"}")));
    };
  }

  private JsonNode wrong() {
    return switch (random.nextInt(8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.arrayNode().add("a");
      case 2 -> JSON.objectNode().put("$gt", "");
      case 3 -> JSON.numberNode(new java.math.BigInteger("9".repeat(60)));
      case 4 -> JSON.numberNode(-1.5e300);
      case 5 -> JSON.textNode("x".repeat(random.nextInt(3_000)));
      case 6 -> JSON.textNode("\ud83d half");
      default -> JSON.booleanNode(true);
    };
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
