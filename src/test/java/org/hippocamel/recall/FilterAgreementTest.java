package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.hippocamel.api.FilterGrammar;
import org.hippocamel.api.Refusals;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.IsoDate;
import org.hippocamel.problem.FieldError;
import org.junit.jupiter.api.Test;

/**
 * Both translations of 3,000 random filters, read by two small readers of MQL and of Atlas clauses,
 * select the same of 60 memories: some fields missing, some lists.
 */
class FilterAgreementTest {
  private static final List<String> FIELDS = List.of("topic", "year", "done", "published");

  @Test
  void bothTranslations_selectTheSameMemories() {
    List<Document> memories = memories();
    RandomFilters filters = new RandomFilters(7, 0);
    FilterGrammar grammar =
        new FilterGrammar(FilterFields.of(Refusals.schema()), Limits.defaults());
    int some = 0;
    for (int i = 0; i < 3_000; i++) {
      JsonNode json = filters.next();
      List<FieldError> errors = new ArrayList<>();
      var filter = grammar.parse(json, "", errors);
      if (filter.isEmpty()) {
        // Only an unlucky one is too long; nothing else is wrong with these.
        assertTrue(errors.toString().contains("max-filter-clauses"), json + " " + errors);
        continue;
      }
      Document mql = filter.get().toVectorFilter();
      Document clause = filter.get().toSearchClause();
      int hits = 0;
      for (Document memory : memories) {
        boolean expected = mql(mql, memory);
        assertEquals(expected, clause(clause, memory), () -> json + " on " + memory);
        hits += expected ? 1 : 0;
      }
      some += hits > 0 && hits < memories.size() ? 1 : 0;
    }
    assertTrue(some > 1_500, "only " + some + " filters tell memories apart");
  }

  private static List<Document> memories() {
    Random random = new Random(3);
    List<Document> memories = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Document memory = new Document("tenant", "acme");
      for (String field : FIELDS) {
        int shape = random.nextInt(4);
        if (shape == 1 || shape == 2) {
          memory.append("metadata." + field, value(field, random));
        } else if (shape == 3) {
          memory.append("metadata." + field, List.of(value(field, random), value(field, random)));
        }
      }
      memories.add(memory);
    }
    return memories;
  }

  private static Object value(String field, Random random) {
    return switch (field) {
      case "topic" -> List.of("a", "b", "c", "$d").get(random.nextInt(4));
      case "year" -> random.nextBoolean() ? (Object) (long) random.nextInt(4) : 1.5;
      case "done" -> random.nextBoolean();
      default -> Date.from(IsoDate.parse("2026-01-0" + (1 + random.nextInt(4))).orElseThrow());
    };
  }

  /** MQL as its manual has it: a list matches by any element, $ne is the opposite of $eq. */
  private static boolean mql(Document query, Document memory) {
    return query.entrySet().stream().allMatch(e -> mql(e.getKey(), e.getValue(), memory));
  }

  private static boolean mql(String key, Object operand, Document memory) {
    return switch (key) {
      case "$and" -> documents(operand).allMatch(part -> mql(part, memory));
      case "$or" -> documents(operand).anyMatch(part -> mql(part, memory));
      case "$nor" -> documents(operand).noneMatch(part -> mql(part, memory));
      default ->
          ((Document) operand)
              .entrySet().stream()
                  .allMatch(e -> field(values(memory, key), e.getKey(), e.getValue()));
    };
  }

  private static boolean field(List<?> values, String operator, Object operand) {
    return switch (operator) {
      case "$eq" -> values.stream().anyMatch(v -> same(v, operand));
      case "$ne" -> values.stream().noneMatch(v -> same(v, operand));
      case "$in" -> values.stream().anyMatch(v -> among(v, operand));
      case "$nin" -> values.stream().noneMatch(v -> among(v, operand));
      case "$exists" -> !values.isEmpty() == (Boolean) operand;
      default -> values.stream().anyMatch(v -> beyond(v, operator.substring(1), operand));
    };
  }

  /** Atlas clauses; a compound of mustNot alone selects nothing. */
  private static boolean clause(Document clause, Document memory) {
    Map.Entry<String, Object> operator = clause.entrySet().iterator().next();
    Document body = (Document) operator.getValue();
    List<?> values = values(memory, body.getString("path"));
    return switch (operator.getKey()) {
      case "equals" -> values.stream().anyMatch(v -> same(v, body.get("value")));
      case "in" -> values.stream().anyMatch(v -> among(v, body.get("value")));
      case "exists" -> !values.isEmpty();
      case "range" ->
          body.entrySet().stream()
              .filter(e -> !e.getKey().equals("path"))
              .allMatch(e -> values.stream().anyMatch(v -> beyond(v, e.getKey(), e.getValue())));
      case "compound" -> compound(body, memory);
      default -> throw new AssertionError("no clause " + clause);
    };
  }

  private static boolean compound(Document body, Document memory) {
    long should =
        documents(body.getOrDefault("should", List.of()))
            .filter(part -> clause(part, memory))
            .count();
    return (body.containsKey("filter") || body.containsKey("should"))
        && documents(body.getOrDefault("filter", List.of())).allMatch(part -> clause(part, memory))
        && documents(body.getOrDefault("mustNot", List.of()))
            .noneMatch(part -> clause(part, memory))
        && should >= body.getInteger("minimumShouldMatch", 0);
  }

  private static java.util.stream.Stream<Document> documents(Object list) {
    return ((List<?>) list).stream().map(Document.class::cast);
  }

  private static List<?> values(Document memory, String path) {
    Object value = path == null ? null : memory.get(path);
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static boolean among(Object value, Object operands) {
    return ((List<?>) operands).stream().anyMatch(operand -> same(value, operand));
  }

  private static boolean same(Object value, Object operand) {
    return value instanceof Number one && operand instanceof Number other
        ? one.doubleValue() == other.doubleValue()
        : value.equals(operand);
  }

  private static boolean beyond(Object value, String operator, Object operand) {
    int order =
        value instanceof Date date
            ? date.compareTo((Date) operand)
            : Double.compare(((Number) value).doubleValue(), ((Number) operand).doubleValue());
    return switch (operator) {
      case "gt" -> order > 0;
      case "gte" -> order >= 0;
      case "lt" -> order < 0;
      case "lte" -> order <= 0;
      default -> throw new AssertionError("no operator " + operator);
    };
  }
}
