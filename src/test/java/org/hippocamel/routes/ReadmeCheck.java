package org.hippocamel.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** routes/README.md has one table row for each file: file, in -> out, what it talks to. */
final class ReadmeCheck implements Check {
  private static final String NAME = "README.md";

  @Override
  public List<Finding> in(RouteFiles files) {
    Path readme = files.folder().resolve(NAME);
    if (!Files.exists(readme)) {
      return List.of(new Finding(NAME, 0, "missing: write a table of the route files"));
    }
    List<Finding> found = new ArrayList<>();
    Map<String, Integer> rows = rows(readme, found);
    List<String> names = files.files().stream().map(RouteFile::name).toList();
    names.stream()
        .filter(name -> !rows.containsKey(name))
        .forEach(name -> found.add(new Finding(NAME, 0, name + " has no row: add it")));
    rows.forEach(
        (name, line) -> {
          if (!names.contains(name)) {
            found.add(new Finding(NAME, line, name + " is not a file here: remove the row"));
          }
        });
    return found;
  }

  private static Map<String, Integer> rows(Path readme, List<Finding> found) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    List<String> lines = lines(readme);
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).split("\\|", -1);
      if (cells.length < 3 || !cells[1].contains(RouteFile.SUFFIX)) {
        continue;
      }
      rows.put(cells[1].replaceAll("^.*?([\\w-]+\\.camel\\.yaml).*$", "$1"), i + 1);
      long filled = Arrays.stream(cells).filter(cell -> !cell.isBlank()).count();
      if (filled < 3) {
        found.add(new Finding(NAME, i + 1, "fill three cells: file, in -> out, what it talks to"));
      }
    }
    return rows;
  }

  private static List<String> lines(Path readme) {
    try {
      return Files.readAllLines(readme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
