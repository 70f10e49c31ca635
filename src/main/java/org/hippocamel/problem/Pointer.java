package org.hippocamel.problem;

/** JSON pointers (RFC 6901), built step by step from {@code ""}, the whole document. */
public final class Pointer {
  private Pointer() {}

  /** The pointer of a field, its name escaped: {@code ~} as {@code ~0}, {@code /} as {@code ~1}. */
  public static String child(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer of an array's element, counted from 0. */
  public static String child(String pointer, int index) {
    return pointer + "/" + index;
  }
}
