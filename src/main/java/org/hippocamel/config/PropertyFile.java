package org.hippocamel.config;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code application.properties} with its placeholders resolved the way Camel resolves them, so
 * that the servers which must run before Camel see the same values. Order: {@code overrides}, then
 * {@code -Dkey}, then the file, whose {@code {{env:NAME:default}}} read the environment.
 */
public final class PropertyFile {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{(?:env:([A-Z_]+):([^{}]*)|([a-z.-]+))}}");

  private final Map<String, String> raw;
  private final UnaryOperator<String> environment;

  PropertyFile(Map<String, String> raw, UnaryOperator<String> environment) {
    this.raw = raw;
    this.environment = environment;
  }

  /** The file on the class path, {@code -D} values and the given overrides on top of it. */
  public static PropertyFile load(Map<String, String> overrides) {
    Map<String, String> raw = read();
    raw.replaceAll((key, value) -> System.getProperty(key, value));
    raw.putAll(overrides);
    return new PropertyFile(raw, System::getenv);
  }

  private static Map<String, String> read() {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(
            PropertyFile.class.getResourceAsStream("/application.properties"),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> raw = new LinkedHashMap<>();
    new TreeSet<>(properties.stringPropertyNames())
        .forEach(key -> raw.put(key, properties.getProperty(key)));
    return raw;
  }

  /** The same with some more values set on top of it. */
  public PropertyFile with(Map<String, String> more) {
    Map<String, String> changed = new LinkedHashMap<>(raw);
    changed.putAll(more);
    return new PropertyFile(changed, environment);
  }

  /** Every key with its value, placeholders resolved. */
  public Map<String, String> resolved() {
    Map<String, String> resolved = new LinkedHashMap<>();
    raw.keySet().forEach(key -> resolved.put(key, value(key)));
    return resolved;
  }

  private String value(String key) {
    String value = raw.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no setting named " + key);
    }
    Matcher matcher = PLACEHOLDER.matcher(value);
    return matcher.replaceAll(match -> Matcher.quoteReplacement(replacement(matcher)));
  }

  private String replacement(Matcher matcher) {
    if (matcher.group(3) != null) {
      return value(matcher.group(3));
    }
    String set = environment.apply(matcher.group(1));
    return set == null || set.isEmpty() ? matcher.group(2) : set;
  }
}
