package org.hippocamel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hippocamel.api.Refusals;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.junit.jupiter.api.Test;

class MetadataSchemaTest {
  private final MetadataSchema schema = Refusals.schema();

  @Test
  void of_namesFieldsWithPathsAndTypes() {
    assertEquals(
        List.of(
            new MetadataSchema.Field("done", "metadata.done", FieldType.BOOLEAN),
            new MetadataSchema.Field("published", "metadata.published", FieldType.DATE),
            new MetadataSchema.Field("topic", "metadata.topic", FieldType.STRING),
            new MetadataSchema.Field("year", "metadata.year", FieldType.NUMBER)),
        schema.fields());
    assertEquals(List.of(), MetadataSchema.of(List.of("", " "), Limits.defaults()).fields());
  }

  @Test
  void of_namesEveryFault() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    MetadataSchema.of(
                        List.of(
                            "topic",
                            "a:text",
                            "x:string",
                            "x:number",
                            "kind:string",
                            "a.b:string",
                            "$a:string"),
                        Limits.defaults()))
            .getMessage();
    assertEquals(
        "memory.filterable: \"topic\" needs a type: string, number, boolean or date; \"a:text\""
            + " needs a type: string, number, boolean or date; \"x\" is declared twice; the name"
            + " \"kind\" is taken; choose another; metadata field name \"a.b\" must not contain"
            + " \".\"; metadata is flat; metadata field name \"$a\" must not start with \"$\"",
        message);
  }

  @Test
  void check_keepsFlatValuesAndDropsNulls() {
    Map<String, Object> raw = new HashMap<>();
    raw.put("topic", "x");
    raw.put("nothing", null);
    raw.put("whole", 7);
    raw.put("huge", BigInteger.valueOf(Long.MAX_VALUE));
    raw.put("real", 0.5f);
    raw.put("done", true);
    raw.put("tags", List.of("a", "b"));
    raw.put("numbers", List.of(1, 2.5));
    assertEquals(
        Map.of(
            "topic",
            "x",
            "whole",
            7L,
            "huge",
            Long.MAX_VALUE,
            "real",
            0.5,
            "done",
            true,
            "tags",
            List.of("a", "b"),
            "numbers",
            List.of(1L, 2.5)),
        accepted(raw));
  }

  @Test
  void check_parsesDeclaredDatesAlone() {
    assertEquals(
        Map.of("published", Instant.parse("2026-01-31T00:00:00Z"), "printed", "2026-01-31"),
        accepted(Map.of("published", "2026-01-31", "printed", "2026-01-31")));
    assertEquals(
        Map.of(
            "published",
            List.of(Instant.parse("2026-01-31T11:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"))),
        accepted(Map.of("published", List.of("2026-01-31T12:00:00+01:00", "2026-02-01"))));
  }

  @Test
  void check_refusesOtherTypesThanDeclared() {
    refuses(
        "topic",
        1,
        "/m/topic: metadata field \"topic\" is declared as string"
            + " (memory.filterable), is the number 1");
    refuses(
        "year",
        "2026",
        "/m/year: metadata field \"year\" is declared as number"
            + " (memory.filterable), is the string \"2026\"");
    refuses(
        "done",
        "yes",
        "/m/done: metadata field \"done\" is declared as boolean"
            + " (memory.filterable), is the string \"yes\"");
    refuses(
        "published",
        "31.1.2026",
        "/m/published: metadata field \"published\" is declared as"
            + " date: \"31.1.2026\" is not one; write 2026-01-31 or 2026-01-31T12:00:00Z");
    refuses(
        "published",
        2026,
        "/m/published: metadata field \"published\" is declared as date"
            + " (memory.filterable), is the number 2026");
    refuses(
        "year",
        List.of(1, "x"),
        "/m/year/1: metadata field \"year\" is declared as number"
            + " (memory.filterable), is the string \"x\"");
  }

  @Test
  void check_refusesWhatIsNotFlat() {
    refuses(
        "a",
        Map.of("b", 1),
        "/m/a: metadata field \"a\" must be flat: a string, number,"
            + " boolean, date or a list of one of them");
    refuses(
        "a",
        List.of(Map.of()),
        "/m/a/0: metadata field \"a\" must be flat: a string, number,"
            + " boolean, date or a list of one of them");
    refuses(
        "a",
        List.of(List.of(1)),
        "/m/a/0: metadata field \"a\" must not hold null or a list" + " inside a list");
    refuses(
        "a",
        Arrays.asList("x", null),
        "/m/a/1: metadata field \"a\" must not hold null or a" + " list inside a list");
    refuses("a", List.of(), "/m/a: metadata field \"a\" must not be an empty list; leave it out");
    refuses(
        "a",
        List.of("x", 1),
        "/m/a: metadata field \"a\" mixes types in one list; use"
            + " strings, numbers or booleans alone");
    refuses(
        "a",
        new Object(),
        "/m/a: metadata field \"a\" has an unknown type; use a string,"
            + " number, boolean or date");
  }

  @Test
  void check_refusesNamesThatMeanSomethingElse() {
    refuses("$where", 1, "/m/$where: metadata field name \"$where\" must not start with \"$\"");
    refuses(
        "a.b",
        1,
        "/m/a.b: metadata field name \"a.b\" must not contain \".\"; metadata is" + " flat");
    refuses(
        "a\0b",
        1,
        "/m/a\0b: metadata field name \"a?b\" must not contain control characters"
            + " or broken Unicode");
    refuses("", 1, "/m/: a metadata field name must not be empty");
    refuses(
        "n".repeat(101),
        1,
        "/m/"
            + "n".repeat(101)
            + ": metadata field name \""
            + "n".repeat(40)
            + "…\" has 101 characters, the limit is 100");
    refuses(
        "a/b~c.",
        1,
        "/m/a~1b~0c.: metadata field name \"a/b~c.\" must not contain \".\";"
            + " metadata is flat");
  }

  @Test
  void check_takesAnyOtherName() {
    assertEquals(
        Map.of("größe 😀", "x", "a$b", 1L, "and", true),
        accepted(Map.of("größe 😀", "x", "a$b", 1, "and", true)));
  }

  @Test
  void check_boundsNumbersTextsAndSizes() {
    refuses(
        "a",
        new BigInteger("9223372036854775808"),
        "/m/a: metadata field \"a\" is a number" + " beyond 64 bits; send it as a string");
    refuses(
        "a",
        Double.POSITIVE_INFINITY,
        "/m/a: metadata field \"a\" is a number beyond 64" + " bits; send it as a string");
    refuses(
        "a",
        "x".repeat(2_001),
        "/m/a: metadata field \"a\" has 2001 characters, the limit is"
            + " 2000 (limits.max-metadata-chars)");
    refuses(
        "a",
        "x\ud83d",
        "/m/a: metadata field \"a\" is not Unicode: half a surrogate pair at" + " character 1");
    refuses(
        "a",
        IntStream.range(0, 65).boxed().toList(),
        "/m/a: metadata field \"a\" has 65"
            + " values, the limit is 64 (limits.max-metadata-fields)");
    Map<String, Object> many = new HashMap<>();
    IntStream.range(0, 65).forEach(i -> many.put("f" + i, i));
    List<FieldError> errors = new ArrayList<>();
    assertEquals(Map.of(), schema.check(many, "/m", errors));
    assertEquals(
        List.of("/m: metadata has 65 fields, the limit is 64 (limits.max-metadata-fields)"),
        Refusals.lines(errors));
  }

  private Map<String, Object> accepted(Map<String, Object> raw) {
    List<FieldError> errors = new ArrayList<>();
    Map<String, Object> checked = schema.check(raw, "/m", errors);
    assertEquals(List.of(), errors);
    return checked;
  }

  private void refuses(String name, Object value, String... faults) {
    List<FieldError> errors = new ArrayList<>();
    assertEquals(Map.of(), schema.check(Map.of(name, value), "/m", errors));
    assertEquals(List.of(faults), Refusals.lines(errors));
  }
}
