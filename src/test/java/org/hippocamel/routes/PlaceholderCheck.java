package org.hippocamel.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every {@code {{key}}} is declared once, in application.properties, which holds its default. */
final class PlaceholderCheck implements Check {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^}]*)}}");

  @Override
  public List<Finding> in(RouteFiles files) {
    List<Finding> found = new ArrayList<>();
    files
        .entries()
        .filter(entry -> entry.value().isTextual())
        .forEach(entry -> text(entry, files, found));
    return found;
  }

  private static void text(Entry entry, RouteFiles files, List<Finding> found) {
    Matcher matcher = PLACEHOLDER.matcher(entry.value().asText());
    while (matcher.find()) {
      String key = matcher.group(1).strip();
      if (key.contains(":")) {
        found.add(
            entry.finding(
                "{{%s}}: write {{%s}} and put the default into application.properties"
                    .formatted(key, key.substring(0, key.indexOf(':')))));
      } else if (!files.settings().containsKey(key)) {
        found.add(entry.finding("{{%s}} is not in application.properties".formatted(key)));
      }
    }
  }
}
