package org.hippocamel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Beans by the names that routes call them, each name once: a second one would take the first one's
 * place in every route that names it. Not thread-safe.
 */
final class NamedBeans {
  private final Map<String, Object> beans = new LinkedHashMap<>();

  /**
   * @throws IllegalStateException when the name is taken
   */
  void put(String name, Object bean) {
    Object first = beans.putIfAbsent(name, bean);
    if (first != null) {
      throw new IllegalStateException(
          "bean \"%s\" is bound twice, as %s and as %s; give one of them another name"
              .formatted(name, first.getClass().getName(), bean.getClass().getName()));
    }
  }

  /**
   * The bean of a name.
   *
   * @throws IllegalStateException when there is none yet, or it is of another type
   */
  <T> T get(String name, Class<T> type) {
    Object bean = beans.get(name);
    if (!type.isInstance(bean)) {
      String there = bean == null ? "not bound yet" : "a " + bean.getClass().getName();
      throw new IllegalStateException(
          "bean \"%s\" is %s, not a %s".formatted(name, there, type.getName()));
    }
    return type.cast(bean);
  }

  /** All of a type. */
  <T> Stream<T> all(Class<T> type) {
    return beans.values().stream().filter(type::isInstance).map(type::cast);
  }

  /** All, in the order in which they were bound. */
  Map<String, Object> all() {
    return Collections.unmodifiableMap(beans);
  }
}
