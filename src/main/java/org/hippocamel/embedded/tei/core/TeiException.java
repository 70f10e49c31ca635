package org.hippocamel.embedded.tei.core;

/** An error that the caller is told, in TEI's own words. */
public final class TeiException extends RuntimeException {
  private static final String PREFIX = "Input validation error: ";

  private final ErrorType type;

  public TeiException(ErrorType type, String message) {
    this(type, message, null);
  }

  private TeiException(ErrorType type, String message, Throwable cause) {
    super(message, cause, false, false);
    this.type = type;
  }

  public static TeiException invalid(String message) {
    return new TeiException(ErrorType.VALIDATION, PREFIX + message);
  }

  public static TeiException empty(String field) {
    return new TeiException(ErrorType.EMPTY, PREFIX + "`" + field + "` cannot be empty");
  }

  /** As {@link #empty}, in the words of the checks that come before any text is looked at. */
  public static TeiException nothing(String field) {
    return new TeiException(ErrorType.EMPTY, "`" + field + "` cannot be empty");
  }

  public static TeiException batchTooLarge(int size, int max) {
    return new TeiException(
        ErrorType.VALIDATION, "batch size " + size + " > maximum allowed batch size " + max);
  }

  public static TeiException overloaded() {
    return new TeiException(ErrorType.OVERLOADED, "Model is overloaded");
  }

  public static TeiException backend(String message, Throwable cause) {
    return new TeiException(ErrorType.BACKEND, "Backend error: " + message, cause);
  }

  /** What the caller is told of a failure: itself when it is in TEI's words, else Backend. */
  static TeiException of(Throwable failure) {
    if (failure instanceof TeiException told) {
      return told;
    }
    String message = failure.getMessage();
    return backend(message == null ? failure.toString() : message, failure);
  }

  public static TeiException tokenizer(Throwable cause) {
    return new TeiException(ErrorType.TOKENIZER, "tokenizer error " + cause.getMessage(), cause);
  }

  public ErrorType type() {
    return type;
  }
}
