package org.hippocamel.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;

/** The rules of names in the inbox. */
public final class InboxFile {
  /** Where a file goes that is stored in full. */
  public static final String DONE = "done";

  /** Where a file goes of which something is not stored. */
  public static final String FAILED = "failed";

  private static final String ERROR_SUFFIX = ".error.json";
  private static final int LONGEST = 255; // bytes of a name on common file systems
  private static final int SUFFIXES = 40; // a time, a number and ERROR_SUFFIX
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  private InboxFile() {}

  /**
   * A name that is still free: the file's own, or with the time before its extension, {@code
   * notes-20260131T120000000.md}.
   *
   * @param exists whether a name is in use in the folder it goes to
   */
  public static String freeName(String name, Instant now, Predicate<String> exists) {
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 ? name.substring(dot) : "";
    String stem = shortened(dot > 0 ? name.substring(0, dot) : name, extension);
    String free = stem + extension;
    for (int i = 1; exists.test(free); i++) {
      free = stem + "-" + STAMP.format(now) + (i == 1 ? "" : "-" + i) + extension;
    }
    return free;
  }

  /** So that time and error suffix still make a name that file systems take. */
  private static String shortened(String stem, String extension) {
    int room = LONGEST - SUFFIXES - bytes(extension);
    String cut = stem;
    while (bytes(cut) > room) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The file beside a failed one that says why. */
  public static String errorName(String name) {
    return name + ERROR_SUFFIX;
  }
}
