package org.hippocamel.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.hippocamel.Bundle;
import org.hippocamel.config.PropertyFile;

/**
 * Starts a bundle that nobody else sees: free loopback ports, no keys, an empty store in a
 * temporary folder, an inbox of its own. The embedder is the one of the settings.
 */
final class PrivateBundle {
  private PrivateBundle() {}

  /**
   * Started, but not open yet.
   *
   * @param ending closes it and removes its folder
   * @param more settings beyond those that make it private
   * @throws IllegalArgumentException when settings are wrong
   */
  static Bundle start(Ending ending, Map<String, String> more) throws IOException {
    Path folder = Files.createTempDirectory("hippocamel-private");
    ending.add(() -> delete(folder));
    Bundle bundle = Bundle.start(PropertyFile.load(settings(folder)).with(more));
    ending.add(bundle::close);
    return bundle;
  }

  private static Map<String, String> settings(Path folder) {
    return Map.of(
        "http.host", "127.0.0.1",
        "http.port", "0",
        "management.host", "127.0.0.1",
        "management.port", "0",
        "api.keys-file", "none",
        "inbox.directory", folder.resolve("inbox").toString(),
        "inbox.tenant", "default",
        "data.directory", folder.resolve("data").toString(),
        "mongo.uri", "embedded");
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
