package org.hippocamel.ingest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules of names in the inbox. */
public final class InboxFile {
  /**
   * File names to take, as Camel's file option {@code include} wants them: without regard to case.
   */
  public static final String INCLUDE = ".+\\.(md|markdown|txt|text|jsonl|ndjson|json|csv)";

  /** File names to leave alone although they match: hidden, half-written, our own error files. */
  public static final String EXCLUDE = "(\\..*|~.*|.*\\.(tmp|part)|.*\\.error\\.json)";

  /** Folders to leave alone, as Camel's file option {@code antExclude} wants them. */
  public static final String ANT_EXCLUDE = "done/**,failed/**";

  /** Where a file goes that is stored in full. */
  public static final String DONE = "done";

  /** Where a file goes of which something is not stored. */
  public static final String FAILED = "failed";

  private static final String ERROR_SUFFIX = ".error.json";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
  private static final Pattern TAKEN = Pattern.compile(INCLUDE, Pattern.CASE_INSENSITIVE);
  private static final Pattern LEFT = Pattern.compile(EXCLUDE, Pattern.CASE_INSENSITIVE);

  private InboxFile() {}

  /** Whether a file of the inbox is taken; {@code path} is relative to it, with slashes. */
  public static boolean taken(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean moved = path.startsWith(DONE + "/") || path.startsWith(FAILED + "/");
    return !moved && TAKEN.matcher(name).matches() && !LEFT.matcher(name).matches();
  }

  /**
   * A name that is still free: the file's own, or with the time before its extension, {@code
   * notes-20260131T120000000.md}.
   *
   * @param exists whether a name is in use in the folder it goes to
   */
  public static String freeName(String name, Instant now, Predicate<String> exists) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    String free = name;
    for (int i = 1; exists.test(free); i++) {
      free = stem + "-" + STAMP.format(now) + (i == 1 ? "" : "-" + i) + extension;
    }
    return free;
  }

  /** The file beside a failed one that says why. */
  public static String errorName(String name) {
    return name + ERROR_SUFFIX;
  }
}
