package org.hippocamel.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What in a question is a name out of code, a path, a version, a code or a number rather than a
 * word: {@code OrderService.pay}, {@code ERR_042}, {@code /etc/app.conf}, {@code v1.2.3}, {@code
 * JIRA-42}. Who writes one means that very one, not the one beside it.
 */
final class Identifiers {
  /** As many as are looked for; a question with more is a piece of code. */
  static final int MOST = 16;

  private static final int LONGEST = 200;

  /** Letters, digits and underscores, joined by what joins names; slashes or hyphens may lead. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?:/|--?)?[\\p{L}\\p{M}\\p{N}_$]+(?:(?:->|[.:/\\\\#@-]{1,3})[\\p{L}\\p{M}\\p{N}_$]+)*");

  private static final Pattern LETTER = Pattern.compile("\\p{L}");
  private static final Pattern DIGIT = Pattern.compile("\\p{N}");

  /** Joined by an underscore, by what only joins names, or more than once by dots. */
  private static final Pattern JOINED =
      Pattern.compile(
          "[\\p{L}\\p{N}]_+[\\p{L}\\p{N}]|::|->|#|@|\\\\|[^/]/[^/]*/|^/.|^--?\\p{L}{2}"
              + "|\\p{N}\\.\\p{N}+\\.\\p{N}");

  /** Dots or colons between names, not those of {@code e.g} or {@code a.m}. */
  private static final Pattern DOTTED =
      Pattern.compile("\\p{L}{2,}[.:](?=[\\p{L}_$])|[.:]\\p{L}{2,}");

  /** A capital inside: {@code getUser}. */
  private static final Pattern CAMEL = Pattern.compile("\\p{Ll}\\p{Lu}");

  /** A number that is no year and no quantity. */
  private static final Pattern NUMBER = Pattern.compile("(?!(?:19|20)\\p{N}{2}$)\\p{N}{4,}");

  private static final Pattern SPELLED = Pattern.compile("[_.:/\\\\#@]|->|^-");

  private Identifiers() {}

  /** Those of a question in their order, each once. */
  static List<String> in(String question) {
    List<String> found = new ArrayList<>();
    Matcher tokens = TOKEN.matcher(question);
    while (tokens.find() && found.size() < MOST) {
      String token = tokens.group();
      if (token.length() <= LONGEST && is(token) && !found.contains(token)) {
        found.add(token);
      }
    }
    return found;
  }

  /** Whether its spelling leaves no doubt: joined by more than a hyphen, or a path, a flag. */
  static boolean spelled(String identifier) {
    return SPELLED.matcher(identifier).find();
  }

  private static boolean is(String token) {
    boolean mixed = LETTER.matcher(token).find() && DIGIT.matcher(token).find();
    return mixed
        || JOINED.matcher(token).find()
        || DOTTED.matcher(token).find()
        || CAMEL.matcher(token).find()
        || NUMBER.matcher(token).matches();
  }
}
