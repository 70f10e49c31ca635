package org.hippocamel.problem;

import java.util.List;

/** The one exception of this project: a kind, a sentence for people, and the fields at fault. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemKind kind;
  private final transient List<FieldError> errors;

  public Problem(ProblemKind kind, String detail) {
    this(kind, detail, List.of(), null);
  }

  public Problem(ProblemKind kind, String detail, Throwable cause) {
    this(kind, detail, List.of(), cause);
  }

  public Problem(ProblemKind kind, String detail, List<FieldError> errors, Throwable cause) {
    super(detail, cause);
    this.kind = kind;
    this.errors = List.copyOf(errors);
  }

  /** Bad input: the fields at fault, joined into the detail as well. */
  public static Problem invalid(List<FieldError> errors) {
    return of(ProblemKind.INVALID, errors);
  }

  /** Bad input in one field. */
  public static Problem invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  private static Problem of(ProblemKind kind, List<FieldError> errors) {
    String detail =
        String.join("; ", errors.stream().map(FieldError::detail).distinct().limit(3).toList());
    return new Problem(kind, detail, errors, null);
  }

  public ProblemKind kind() {
    return kind;
  }

  /** Empty unless the fault lies in named fields of the request. */
  public List<FieldError> errors() {
    return errors == null ? List.of() : errors;
  }

  /** Whether the same request may succeed later without being changed. */
  public boolean passing() {
    return kind.passing();
  }
}
