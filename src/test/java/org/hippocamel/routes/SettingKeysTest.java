package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every key of application.properties is explained there and used by somebody. */
class SettingKeysTest {
  private static final Path SETTINGS = Path.of("src/main/resources/application.properties");

  @Test
  void keys_areUsed() throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(SETTINGS)) {
      properties.load(in);
    }
    String used = text(Path.of("routes"), ".yaml") + text(Path.of("src/main/java"), ".java");
    String placeholders = Files.readString(SETTINGS);
    List<String> unused =
        new TreeSet<>(properties.stringPropertyNames())
            .stream()
                .filter(key -> !key.startsWith("camel."))
                .filter(key -> !used.contains("\"" + key + "\""))
                .filter(key -> !used.contains("{{" + key + "}}"))
                .filter(key -> !placeholders.contains("{{" + key + "}}"))
                .toList();
    assertEquals(List.of(), unused, "nobody reads these keys: use or remove them");
  }

  @Test
  void keys_areExplained() throws IOException {
    List<String> lines = Files.readAllLines(SETTINGS);
    TreeSet<String> bare = new TreeSet<>();
    boolean explained = false;
    for (String line : lines) {
      boolean key = line.matches("[a-z].*=.*");
      if (key && !explained) {
        bare.add(line);
      }
      // One comment may stand before a group of keys; a blank line or a heading ends it.
      explained = line.startsWith("# ") && !line.startsWith("# ---") || explained && key;
    }
    bare.removeIf(line -> line.startsWith("camel.") || line.startsWith("limits."));
    assertEquals(new TreeSet<>(), bare, "write meaning, unit and default above the key");
  }

  private static String text(Path root, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(path -> path.toString().endsWith(suffix))
          .map(SettingKeysTest::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
