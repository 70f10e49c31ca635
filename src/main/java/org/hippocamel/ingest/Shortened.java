package org.hippocamel.ingest;

/** Other people's words in our messages: one line of at most 60 characters. */
final class Shortened {
  private static final int LONGEST = 60;

  private Shortened() {}

  static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    int end = Math.min(LONGEST, line.length());
    boolean cut = end < line.length();
    if (cut && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return cut ? line.substring(0, end) + "..." : line;
  }
}
