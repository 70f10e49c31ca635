package org.hippocamel.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the checks read: the route files, sorted by name, and the settings they may name.
 *
 * @param folder where they lie
 * @param files the {@code *.camel.yaml} in it
 * @param settings the keys of {@code application.properties}
 */
record RouteFiles(Path folder, List<RouteFile> files, Properties settings) {

  static RouteFiles read(Path folder, Path settings) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(settings)) {
      properties.load(in);
    }
    try (Stream<Path> paths = Files.list(folder)) {
      List<RouteFile> files = new java.util.ArrayList<>();
      for (Path path :
          paths.filter(p -> p.toString().endsWith(RouteFile.SUFFIX)).sorted().toList()) {
        files.add(RouteFile.read(path));
      }
      return new RouteFiles(folder, List.copyOf(files), properties);
    }
  }

  Stream<Entry> entries() {
    return files.stream().flatMap(file -> file.entries().stream());
  }

  Stream<Entry> routes() {
    return files.stream().flatMap(file -> file.routes().stream());
  }

  /** Every place that names an endpoint: a {@code uri}, a short {@code to}, a dead letter. */
  Stream<Endpoint> endpoints() {
    return entries().filter(Endpoint::isEndpoint).map(Endpoint::of);
  }
}
