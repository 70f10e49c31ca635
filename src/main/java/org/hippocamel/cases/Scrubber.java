package org.hippocamel.cases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.hippocamel.config.CaseSettings;

/**
 * Takes secrets out of texts: keys, tokens, passwords. Each line of the pattern file is a regular
 * expression, blank lines and {@code #} comments aside; of a pattern with a group only the group is
 * replaced. Thread-safe.
 */
public final class Scrubber {
  /** What stands in the place of a secret. */
  static final String MARK = "[secret]";

  private static final String BUILT_IN = "/secrets.txt";

  private final List<Pattern> patterns;

  private Scrubber(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * The patterns of the settings.
   *
   * @throws IllegalArgumentException naming every line that is no regular expression, or the file
   *     that cannot be read
   */
  public static Scrubber of(CaseSettings.Guard guard) {
    if (!guard.scrub()) {
      return new Scrubber(List.of());
    }
    String name = guard.scrubFile().map(Object::toString).orElse("the built-in patterns");
    try (InputStream in =
            guard.scrubFile().isPresent()
                ? Files.newInputStream(guard.scrubFile().get())
                : Scrubber.class.getResourceAsStream(BUILT_IN);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return parse(name, lines.lines().toList());
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(
          "cases.scrub-patterns " + name + " cannot be read as UTF-8 text: " + e, e);
    }
  }

  static Scrubber parse(String name, List<String> lines) {
    List<Pattern> patterns = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          patterns.add(Pattern.compile(line));
        } catch (PatternSyntaxException e) {
          faults.add("line " + (i + 1) + ": " + e.getDescription());
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "cases.scrub-patterns " + name + " is wrong:\n  " + String.join("\n  ", faults));
    }
    return new Scrubber(patterns);
  }

  /** A pass over the texts of one case, which counts what it takes out. For one thread. */
  Pass pass() {
    return new Pass();
  }

  /** A text without secrets, or null. */
  String text(String text) {
    return pass().text(text);
  }

  /** One pass. */
  final class Pass {
    private int count;

    int count() {
      return count;
    }

    String text(String text) {
      String clean = text;
      for (Pattern pattern : text == null ? List.<Pattern>of() : patterns) {
        Matcher matcher = pattern.matcher(clean);
        clean = matcher.replaceAll(match -> Matcher.quoteReplacement(replaced(matcher)));
      }
      return clean;
    }

    private String replaced(Matcher match) {
      boolean part = match.groupCount() > 0 && match.group(1) != null;
      if (part && match.group(1).equals(MARK)) {
        return match.group();
      }
      count++;
      if (!part) {
        return MARK;
      }
      String whole = match.group();
      int from = match.start(1) - match.start();
      return whole.substring(0, from) + MARK + whole.substring(match.end(1) - match.start());
    }

    /** Strings of metadata; all else is left as it is. */
    Map<String, Object> metadata(Map<String, Object> metadata) {
      Map<String, Object> clean = new LinkedHashMap<>();
      metadata.forEach((name, value) -> clean.put(name, value(value)));
      return clean;
    }

    private Object value(Object value) {
      if (value instanceof List<?> list) {
        return list.stream().map(this::value).toList();
      }
      return value instanceof String text ? text(text) : value;
    }
  }
}
