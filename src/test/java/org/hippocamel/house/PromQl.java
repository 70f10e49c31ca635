package org.hippocamel.house;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of metrics in an expression of Prometheus' language. */
final class PromQl {
  private static final Set<String> WORDS =
      Set.of("by", "on", "and", "or", "unless", "without", "ignoring", "group_left", "group_right");

  /** Labels after by and on, matchers, strings and ranges: nothing in them names a metric. */
  private static final Pattern ASIDE =
      Pattern.compile(
          "\\b(by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\boffset\\s+\\w+|\\{[^}]*}|\\[[^]]*]");

  /** A name that no bracket follows: those are functions. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_]\\w*\\b(?!\\s*\\()");

  private PromQl() {}

  static Set<String> metrics(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(ASIDE.matcher(expression).replaceAll(" "));
    while (name.find()) {
      if (!WORDS.contains(name.group()) && !number(name.group(), expression)) {
        names.add(name.group());
      }
    }
    return names;
  }

  /** The exponent of 1e6. */
  private static boolean number(String name, String expression) {
    return name.matches("e\\d+") && expression.matches("(?s).*\\d" + name + "\\b.*");
  }
}
