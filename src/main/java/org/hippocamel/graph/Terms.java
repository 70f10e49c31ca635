package org.hippocamel.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The terms of a dictionary: those that are entities wherever they stand, and those that never are.
 * A file has one term a line, {@code -term} for one that is none, {@code #} before a comment. Case
 * does not count, nor how wide a blank is. Immutable.
 */
public final class Terms {
  /** Words that begin sentences or head log lines, and so stand capitalised without being names. */
  private static final Set<String> ORDINARY = ordinary();

  private final Map<String, List<String>> byFirstWord = new HashMap<>();
  private final Set<String> never = new HashSet<>(ORDINARY);

  private Terms() {}

  private static Set<String> ordinary() {
    try (InputStream words = Terms.class.getResourceAsStream("ordinary-words.txt")) {
      String text = new String(words.readAllBytes(), StandardCharsets.UTF_8);
      return Set.of(text.strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No dictionary: only the built-in words are never entities. */
  public static Terms none() {
    return new Terms();
  }

  /**
   * The terms of a file.
   *
   * @throws IllegalArgumentException naming the file when it cannot be read
   */
  public static Terms read(Path file) {
    try {
      return of(Files.readAllLines(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("graph.terms-file " + file + " cannot be read: " + e, e);
    }
  }

  /** The terms of a file's lines. */
  static Terms of(List<String> lines) {
    Terms terms = new Terms();
    lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(terms::add);
    Comparator<String> longest = Comparator.comparingInt(String::length).reversed();
    terms.byFirstWord.values().forEach(same -> same.sort(longest));
    return terms;
  }

  private void add(String line) {
    String term = Entities.normalised(line.startsWith("-") ? line.substring(1) : line);
    if (line.startsWith("-")) {
      never.add(term);
    } else if (!term.isEmpty()) {
      byFirstWord.computeIfAbsent(firstWord(term, 0), word -> new ArrayList<>()).add(term);
    }
  }

  boolean isEmpty() {
    return byFirstWord.isEmpty();
  }

  /** Whether something in small letters is no entity whatever it looks like. */
  boolean never(String value) {
    return never.contains(value);
  }

  /** The longest term that stands here, or null. A term ends where a word does. */
  String at(String text, int from) {
    for (String term : byFirstWord.getOrDefault(firstWord(text, from), List.of())) {
      int end = end(term, text, from);
      boolean whole =
          end >= 0
              && (end == text.length()
                  || Chars.boundary(text.charAt(end))
                  || Chars.boundary(term.charAt(term.length() - 1)));
      if (whole) {
        return term;
      }
    }
    return null;
  }

  /** Letters and digits from here on in small letters; a letter without case stands alone. */
  private static String firstWord(String text, int from) {
    int end = from;
    while (end < text.length() && !Chars.boundary(text.charAt(end))) {
      end++;
    }
    return text.substring(from, Math.max(end, Math.min(from + 1, text.length())))
        .toLowerCase(Locale.ROOT);
  }

  /** Where the term ends if the text goes on with it, else -1. */
  private static int end(String term, String text, int from) {
    int at = from;
    for (int i = 0; i < term.length(); i++, at++) {
      if (at >= text.length()) {
        return -1;
      }
      char wanted = term.charAt(i);
      if (wanted == ' ') {
        if (!Character.isWhitespace(text.charAt(at))) {
          return -1;
        }
        while (at + 1 < text.length() && Character.isWhitespace(text.charAt(at + 1))) {
          at++;
        }
      } else if (Character.toLowerCase(text.charAt(at)) != wanted) {
        return -1;
      }
    }
    return at;
  }
}
