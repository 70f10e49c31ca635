package org.hippocamel.routes;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every bean and method a route names exists, and takes as many values as the route gives. */
final class BeanCheck implements Check {
  private static final Set<String> REFERENCES =
      Set.of(
          "aggregationStrategy",
          "aggregationRepository",
          "aggregateController",
          "routePolicy",
          "executorService",
          "idempotentRepository",
          "onRedeliveryRef",
          "onExceptionOccurredRef",
          "onPrepare");
  private static final Pattern HASH = Pattern.compile("#(?:bean:)?([A-Za-z]\\w*)");
  private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\((.*)\\))?", Pattern.DOTALL);

  private final Map<String, Class<?>> beans;

  /**
   * @param beans what Java binds, by name
   */
  BeanCheck(Map<String, Class<?>> beans) {
    this.beans = beans;
  }

  @Override
  public List<Finding> in(RouteFiles files) {
    List<Finding> found = new ArrayList<>();
    Map<String, Class<?>> bound = new HashMap<>(beans);
    files.entries().filter(e -> e.pointer().matches("/\\d+/beans")).forEach(e -> add(e, bound));
    files.entries().forEach(entry -> entry(entry, bound, found));
    files
        .endpoints()
        .filter(endpoint -> endpoint.uri().startsWith("mongodb:"))
        .forEach(e -> exists(e.entry(), e.uri().substring("mongodb:".length()), bound, found));
    return found;
  }

  /** Beans that a YAML file declares itself. */
  private static void add(Entry declared, Map<String, Class<?>> bound) {
    declared
        .value()
        .forEach(b -> bound.put(b.path("name").asText(), type(b.path("type").asText())));
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name.replaceFirst("^#class:", ""));
    } catch (ClassNotFoundException e) {
      return Object.class;
    }
  }

  private static void entry(Entry entry, Map<String, Class<?>> bound, List<Finding> found) {
    String text = entry.value().asText();
    String holder = entry.parentName();
    boolean call = holder.equals("bean") || holder.equals("method");
    if (entry.name().equals("beanType") && call) {
      found.add(entry.finding("beanType: bind the bean in Java and name it with ref"));
    }
    if (entry.name().equals("ref") && call && exists(entry, text, bound, found)) {
      call(entry, bound.get(text), found);
    }
    if (REFERENCES.contains(entry.name()) && entry.value().isTextual() && !text.startsWith("{{")) {
      exists(entry, text.replaceFirst("^#(bean:)?", ""), bound, found);
    }
    Matcher hash = HASH.matcher(text);
    if (entry.within("parameters") && hash.matches()) {
      exists(entry, hash.group(1), bound, found);
    }
  }

  private static boolean exists(
      Entry entry, String name, Map<String, Class<?>> bound, List<Finding> found) {
    if (!bound.containsKey(name)) {
      found.add(
          entry.finding("no bean \"%s\": bind it, or name one of %s".formatted(name, near(bound))));
    }
    return bound.containsKey(name);
  }

  private static Set<String> near(Map<String, Class<?>> bound) {
    return new TreeSet<>(bound.keySet());
  }

  private static void call(Entry ref, Class<?> type, List<Finding> found) {
    String written = ref.sibling("method").asText();
    if (written.isEmpty()) {
      found.add(ref.finding("bean \"" + ref.value().asText() + "\": name the method"));
      return;
    }
    Matcher call = CALL.matcher(written);
    if (!call.matches()) {
      found.add(ref.finding("method \"" + written + "\": write name or name(arguments)"));
      return;
    }
    String name = call.group(1);
    List<Method> methods =
        Arrays.stream(type.getMethods()).filter(m -> m.getName().equals(name)).toList();
    String shown = type.getSimpleName() + "." + name;
    Entry at = new Entry(ref.file(), ref.parent() + "/method", "method", ref.sibling("method"));
    if (methods.isEmpty()) {
      found.add(at.finding("no public method " + shown));
    } else if (call.group(2) != null) {
      int given = arguments(call.group(2));
      if (methods.stream().noneMatch(m -> m.getParameterCount() == given)) {
        found.add(at.finding("%s takes %s, not %d".formatted(shown, counts(methods), given)));
      }
    } else if (methods.stream().noneMatch(m -> values(m) <= 1)) {
      found.add(at.finding("%s takes %s: write the arguments".formatted(shown, counts(methods))));
    }
  }

  /** Parameters that Camel does not fill by their type or annotation. */
  private static long values(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(p -> p.getAnnotations().length == 0)
        .filter(p -> !p.getType().getName().startsWith("org.apache.camel."))
        .count();
  }

  private static String counts(List<Method> methods) {
    return String.join(
        " or ",
        methods.stream()
            .map(Method::getParameterCount)
            .distinct()
            .map(n -> n + " values")
            .toList());
  }

  /** Arguments at the top level: commas inside brackets, braces or quotes do not count. */
  static int arguments(String list) {
    if (list.isBlank()) {
      return 0;
    }
    int depth = 0;
    int count = 1;
    char quote = 0;
    for (char c : list.toCharArray()) {
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (c == ',' && depth == 0) {
        count++;
      }
    }
    return count;
  }
}
