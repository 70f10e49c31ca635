package org.hippocamel.bench;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one line of a script; used once. */
final class FaultParser {
  private static final Pattern WORD = Pattern.compile("\\s*(\"[^\"]*\"|\\S+)");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final Pattern TIMES = Pattern.compile("(\\d+m?s|\\d+m)\\.\\.(\\d+m?s|\\d+m)?");
  private static final Pattern CALLS = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9})?)?");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private final String line;
  private final Matcher words;
  private Duration from = Duration.ZERO;
  private Duration to;
  private int fromCall = 1;
  private int toCall = Integer.MAX_VALUE;
  private Predicate<String> texts = text -> true;

  FaultParser(String line) {
    this.line = line;
    this.words = WORD.matcher(line);
  }

  Fault fault() {
    String word = next("a time, calls, text, always or an effect");
    for (; condition(word); word = next("an effect: " + Effect.words())) {}
    String name = word;
    Effect effect = Effect.of(name).orElseThrow(() -> wrong(name, "an effect: " + Effect.words()));
    long amount = 0;
    String argument = "";
    switch (effect.argument()) {
      case NONE -> {}
      case NUMBER -> amount = Long.parseLong(matching(NUMBER, "a number").group());
      case DURATION -> amount = time(next("a time such as 200ms")).toMillis();
      case WORD -> argument = next("a name");
    }
    end();
    check(effect);
    return new Fault(from, to, fromCall, toCall, texts, effect, amount, argument);
  }

  /** Whether the word begins a condition, which is then read. */
  private boolean condition(String word) {
    if (word.equals("calls")) {
      Matcher calls = matching(CALLS, "calls such as 5, 1..3 or 10..");
      fromCall = Integer.parseInt(calls.group(1));
      boolean open = calls.group().endsWith("..");
      String last = calls.group(2) == null ? calls.group(1) : calls.group(2);
      toCall = open ? Integer.MAX_VALUE : Integer.parseInt(last);
    } else if (word.equals("text")) {
      String part = matching(TEXT, "a part of a text in quotation marks").group(1);
      texts = text -> text.contains(part);
    } else if (TIMES.matcher(word).matches()) {
      String[] ends = word.split("\\.\\.");
      from = time(ends[0]);
      to = ends.length == 1 ? null : time(ends[1]);
    } else {
      return word.equals("always");
    }
    return true;
  }

  private void check(Effect effect) {
    if (to != null && to.compareTo(from) <= 0 || toCall < fromCall || fromCall < 1) {
      throw wrong(line, "an end that comes after the beginning");
    }
    if (effect == Effect.AWAY && (fromCall > 1 || toCall < Integer.MAX_VALUE || to == null)) {
      throw wrong(line, "away with two times and without calls, such as 10s..30s away");
    }
  }

  private Duration time(String word) {
    Matcher time = TIME.matcher(word);
    if (!time.matches()) {
      throw wrong(word, "a time such as 200ms, 10s or 2m");
    }
    long number = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }

  private Matcher matching(Pattern pattern, String expected) {
    String word = next(expected);
    Matcher matcher = pattern.matcher(word);
    if (!matcher.matches()) {
      throw wrong(word, expected);
    }
    return matcher;
  }

  private String next(String expected) {
    if (!words.lookingAt()) {
      throw wrong("the end of the line", expected);
    }
    String word = words.group(1);
    words.region(words.end(), line.length());
    return word;
  }

  private void end() {
    if (words.lookingAt() && !words.group(1).startsWith("#")) {
      throw wrong(words.group(1), "nothing more");
    }
  }

  private IllegalArgumentException wrong(String found, String expected) {
    return new IllegalArgumentException(
        "fault \"" + line.strip() + "\": found " + found + ", expected " + expected);
  }
}
