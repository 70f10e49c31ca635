package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.function.Executable;

/** What tests of refusals share: a schema, bodies in single quotes, errors as lines. */
public final class Refusals {
  private Refusals() {}

  /** One field of each type. */
  public static MetadataSchema schema() {
    return MetadataSchema.of(
        List.of("topic:string", "year:number", "published:date", "done:boolean"),
        Limits.defaults());
  }

  /** JSON written with single quotes. */
  public static byte[] body(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  /** The faults of an invalid body, {@code pointer: detail} each. */
  public static List<String> refused(Executable call) {
    Problem problem = assertThrows(Problem.class, call);
    assertEquals(ProblemKind.INVALID, problem.kind());
    return lines(problem.errors());
  }

  /** {@code pointer: detail} each. */
  public static List<String> lines(List<FieldError> errors) {
    return errors.stream().map(error -> error.pointer() + ": " + error.detail()).toList();
  }
}
