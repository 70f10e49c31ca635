package org.hippocamel.graph;

/**
 * What a word looks like. One pass over its characters, no expressions: texts come from anybody.
 */
enum Shape {
  /** {@code https://host/path} */
  URL,
  /** {@code /etc/hosts}, {@code src/App.java}, {@code C:\temp\a.log}, {@code ops@example.com} */
  PLACE,
  /** {@code ORA-12154}, {@code p53}, {@code 42P01}, {@code #4711}, {@code 1.2.3}, {@code 482913} */
  CODE,
  /** {@code max_batch}, {@code java.util.List}, {@code X-Forwarded-For} */
  IDENTIFIER,
  /** {@code PostgreSQL}, {@code maxBatch} */
  CAMEL,
  /** {@code TLS}, {@code ECONNREFUSED} */
  ACRONYM,
  /** {@code Kubernetes} */
  CAPITAL,
  /** Any other word or number. */
  PLAIN;

  private static final int LONG_NUMBER = 6;

  /** The shape of a word without punctuation at its ends. */
  static Shape of(String text, int from, int to) {
    Counts in = new Counts(text, from, to);
    if (in.address) {
      return URL;
    }
    if (in.place()) {
      return PLACE;
    }
    if (in.code()) {
      return CODE;
    }
    if (in.identifier()) {
      return IDENTIFIER;
    }
    if (in.digits > 0 || in.joints > in.hyphens + in.apostrophes) {
      return PLAIN;
    }
    if (in.turns > 0) {
      return CAMEL;
    }
    if (in.uppers > 1 && in.lowers == 0) {
      return ACRONYM;
    }
    return Chars.of(text.charAt(from)) == Chars.UPPER && in.lowers > 0 ? CAPITAL : PLAIN;
  }

  /** What stands in a word, counted. */
  private static final class Counts {
    private final String text;
    private final int from;
    private final int to;
    private int uppers;
    private int lowers;
    private int digits;
    private int joints;
    private int dots;
    private int slashes;
    private int hyphens;
    private int underscores;
    private int apostrophes;
    private int at = -1;

    /** Changes from a small letter to a capital one. */
    private int turns;

    /** Capital letters behind a hyphen. */
    private int raised;

    /** Whether a digit comes behind a letter that comes behind a digit. */
    private boolean alternating;

    private boolean address;

    Counts(String text, int from, int to) {
      this.text = text;
      this.from = from;
      this.to = to;
      boolean lettered = false;
      byte before = Chars.GAP;
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        byte of = Chars.of(c);
        switch (of) {
          case Chars.UPPER -> {
            uppers++;
            turns += before == Chars.LOWER ? 1 : 0;
            raised += i > from && text.charAt(i - 1) == '-' ? 1 : 0;
          }
          case Chars.LOWER -> lowers++;
          case Chars.DIGIT -> {
            alternating |= lettered && digits > 0;
            digits++;
          }
          case Chars.JOINT -> joint(c, i);
          default -> {}
        }
        lettered |= of == Chars.UPPER || of == Chars.LOWER;
        before = of;
      }
    }

    private void joint(char c, int i) {
      joints++;
      switch (c) {
        case '.' -> dots++;
        case '/' -> {
          slashes++;
          address |= i > from + 2 && text.charAt(i - 1) == '/' && text.charAt(i - 2) == ':';
        }
        case '\\' -> slashes++;
        case '-' -> hyphens++;
        case '_' -> underscores++;
        case '@' -> at = i;
        case '\'', '\u2019' -> apostrophes++;
        default -> {}
      }
    }

    private int letters() {
      return uppers + lowers;
    }

    /** A single slash between words ("and/or") makes no path unless a file's ending follows. */
    private boolean place() {
      if (letters() == 0) {
        return false;
      }
      if (at > from) {
        return dots > 0 && text.indexOf('.', at) > at + 1;
      }
      char first = text.charAt(from);
      boolean rooted =
          first == '/' || first == '~' || first == '.' || text.indexOf(':', from) == from + 1;
      return slashes > 1 || slashes == 1 && (rooted || dots > 0);
    }

    private boolean code() {
      if (slashes > 0 || digits == 0) {
        return false;
      }
      if (letters() == 0) {
        return number();
      }
      if (Chars.of(text.charAt(from)) == Chars.DIGIT) {
        boolean numbered = digits > 3 && hyphens > 0 && uppers > 0;
        return !date() && (alternating || numbered || text.startsWith("0x", from));
      }
      return to - from > 2;
    }

    private boolean number() {
      if (text.charAt(from) == '#') {
        return digits > 1 && joints == 1;
      }
      if (joints == 0) {
        return digits >= LONG_NUMBER;
      }
      boolean day = dots == 2 && to - text.lastIndexOf('.', to - 1) == 5;
      return dots == joints && dots > 1 && !day;
    }

    /** {@code 2026-11-28}, also before a time. */
    private boolean date() {
      return hyphens > 1
          && text.indexOf('-', from) == from + 4
          && text.indexOf('-', from + 5) == from + 7;
    }

    private boolean identifier() {
      if (slashes > 0 || letters() < 3) {
        return false;
      }
      return underscores > 0 || raised > 0 && uppers > raised || dotted();
    }

    /** Names with dots between; "end.Next" is two sentences, "e.g" an abbreviation. */
    private boolean dotted() {
      if (dots == 0) {
        return false;
      }
      int start = from;
      for (int i = from; i <= to; i++) {
        if (i == to || text.charAt(i) == '.') {
          if (i - start < 2 || !Chars.letter(text.charAt(start))) {
            return false;
          }
          start = i + 1;
        }
      }
      int dot = text.lastIndexOf('.', to - 1);
      boolean twoSentences =
          dots == 1
              && Chars.of(text.charAt(dot - 1)) == Chars.LOWER
              && Chars.of(text.charAt(dot + 1)) == Chars.UPPER;
      return !twoSentences;
    }
  }
}
