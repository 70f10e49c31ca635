package org.hippocamel.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** How a source is written, known by its file name or media type. */
public enum DocumentFormat {
  MARKDOWN("md", "markdown"),
  TEXT("txt", "text"),
  JSONL("jsonl", "ndjson"),
  JSON("json"),
  CSV("csv");

  private final List<String> extensions;

  DocumentFormat(String... extensions) {
    this.extensions = List.of(extensions);
  }

  /** Whether the whole source is one record. */
  public boolean isDocument() {
    return this == MARKDOWN || this == TEXT;
  }

  /** Whether a record is a line, or nearly always. */
  boolean isLines() {
    return this == JSONL || this == CSV;
  }

  /** What progress counts, as people say it: {@code lines}. */
  String unit() {
    return isDocument() ? "passages" : isLines() ? "lines" : "records";
  }

  /** Extensions without the dot, in lower case. */
  public List<String> extensions() {
    return extensions;
  }

  /**
   * The format of a file.
   *
   * @throws Problem INVALID when the extension is not one of ours
   */
  public static DocumentFormat ofName(String fileName) {
    return find(fileName)
        .orElseThrow(() -> new Problem(ProblemKind.INVALID, unknown(extension(fileName))));
  }

  /** The format of a file, or empty when the extension is not one of ours. */
  public static Optional<DocumentFormat> find(String fileName) {
    String extension = extension(fileName);
    return Arrays.stream(values()).filter(f -> f.extensions.contains(extension)).findFirst();
  }

  /** Every extension with its dot, for messages: {@code ".md, .markdown, .txt"}. */
  public static String known() {
    return Arrays.stream(values())
        .flatMap(format -> format.extensions.stream())
        .map(extension -> "." + extension)
        .collect(Collectors.joining(", "));
  }

  private static String unknown(String extension) {
    String what =
        extension.isEmpty()
            ? "the file name has no extension"
            : "extension \"." + Shortened.of(extension) + "\" is not known";
    return what + "; use one of " + known();
  }

  private static String extension(String fileName) {
    String name = fileName.substring(fileName.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
