package org.hippocamel.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a route does not hold: code, deep branches, hosts, and headers that belong to Camel. */
final class ForbiddenCheck implements Check {
  private static final Set<String> CODE =
      Set.of("script", "groovy", "java", "joor", "js", "python", "mvel", "ognl", "spel", "csimple");

  /** Headers of Camel's own that a route has to name, with the reason. */
  static final Map<String, String> CAMEL_HEADERS =
      Map.of(
          "CamelHttpResponseCode", "the status of a REST reply has no other place",
          "CamelHttpMethod", "read by an entry that serves two verbs",
          "CamelMongoDb.*", "camel-mongodb takes criteria, sort and limits from headers only",
          "CamelFile.*", "the file component says in headers which file this is");

  private static final Pattern CAMEL_HEADER =
      Pattern.compile("(?:\\$\\{headers?[.\\[]'?)?\\b(Camel[A-Z]\\w*)");
  private static final Pattern HOST =
      Pattern.compile(
          "\\b(?:https?|mongodb(?:\\+srv)?)://(?!\\{\\{)[\\w.-]+|\\blocalhost\\b"
              + "|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b");

  @Override
  public List<Finding> in(RouteFiles files) {
    List<Finding> found = new ArrayList<>();
    files.entries().forEach(entry -> entry(entry, found));
    return found;
  }

  private static void entry(Entry entry, List<Finding> found) {
    if (CODE.contains(entry.name()) && !entry.within("parameters")) {
      found.add(entry.finding("\"" + entry.name() + "\" is code in a route: make it a bean"));
    }
    if (entry.name().equals("language") && !entry.within("parameters")) {
      found.add(entry.finding("\"language\" hides code in a route: make it a bean"));
    }
    if (entry.name().equals("routeConfigurationId")) {
      found.add(
          entry.finding("routeConfigurationId: remove it, errors.camel.yaml covers all routes"));
    }
    if (entry.name().equals("choice") && entry.within("choice")) {
      found.add(entry.finding("a choice inside a choice: let a bean decide or use a second route"));
    }
    if (entry.value().isTextual() && !entry.name().equals("description")) {
      text(entry, entry.value().asText(), found);
    }
  }

  private static void text(Entry entry, String text, List<Finding> found) {
    Matcher host = HOST.matcher(text);
    if (host.find()) {
      found.add(
          entry.finding(
              "address \"%s\": write {{key}} and put it into application.properties"
                  .formatted(host.group())));
    }
    if (text.split("&&|\\|\\|", -1).length > 2) {
      found.add(entry.finding("a condition of three parts: let a bean with a name decide"));
    }
    Matcher header = CAMEL_HEADER.matcher(text);
    boolean names = text.contains("${header") || entry.within("setHeader") || isHeaderName(entry);
    while (names && header.find()) {
      camelHeader(entry, header.group(1), found);
    }
  }

  private static boolean isHeaderName(Entry entry) {
    return entry.within("setHeaders")
        || entry.within("removeHeader")
        || entry.name().equals("header");
  }

  private static void camelHeader(Entry entry, String name, List<Finding> found) {
    if (CAMEL_HEADERS.keySet().stream().noneMatch(name::matches)) {
      found.add(
          entry.finding(
              "header %s is Camel's own: use a variable, or list it in ForbiddenCheck with a reason"
                  .formatted(name)));
    }
  }
}
