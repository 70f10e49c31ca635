package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The checks against files with one fault each. A fixture marks its fault where it stands: {@code #
 * finding: words of the message}; nothing else may be found in it.
 */
class RouteCheckFixturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/route-checks");
  private static final String MARK = "# finding: ";
  private static final List<Check> CHECKS =
      List.of(
          new SchemaCheck(),
          new EndpointCheck(),
          new IdCheck(),
          new DirectCheck(),
          new DoorCheck(),
          new ShorthandCheck(),
          new ForbiddenCheck(),
          new StoreHeaderCheck(),
          new PlaceholderCheck(),
          new BeanCheck(Map.of("greeter", Greeter.class)));

  /** A bean for the fixtures. */
  public static final class Greeter {
    public String hello(String name) {
      return "Hello " + name;
    }

    public String both(String first, String second) {
      return first + " and " + second;
    }
  }

  static Stream<Path> fixtures() throws IOException {
    return Files.list(FOLDER).filter(p -> p.toString().endsWith(RouteFile.SUFFIX)).sorted();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void fixture_isFoundAtItsLine(Path fixture) throws IOException {
    RouteFile file = RouteFile.read(fixture);
    RouteFiles only =
        new RouteFiles(
            FOLDER,
            List.of(file),
            RouteFiles.read(FOLDER, FOLDER.resolve("application.properties")).settings());
    List<Finding> found = new ArrayList<>();
    CHECKS.forEach(check -> found.addAll(check.in(only)));

    List<Finding> expected = new ArrayList<>();
    for (int i = 0; i < file.text().size(); i++) {
      int mark = file.text().get(i).indexOf(MARK);
      if (mark >= 0) {
        expected.add(
            new Finding(file.name(), i + 1, file.text().get(i).substring(mark + MARK.length())));
      }
    }
    List<Finding> unexpected = new ArrayList<>(found);
    for (Finding wanted : expected) {
      assertTrue(
          unexpected.removeIf(f -> f.line() == wanted.line() && f.what().contains(wanted.what())),
          () -> "expected " + wanted + " among " + found);
    }
    assertEquals(List.of(), unexpected, "found more than the marked faults");
    boolean good = fixture.getFileName().toString().startsWith("good");
    assertEquals(good, expected.isEmpty(), "a fixture marks its fault");
  }

  @Test
  void readme_missesAFileAndNamesAGhost(@TempDir Path folder) throws IOException {
    Files.copy(FOLDER.resolve("good.camel.yaml"), folder.resolve("good.camel.yaml"));
    Files.writeString(
        folder.resolve("README.md"),
        "| file | in -> out | talks to |\n|---|---|---|\n| [ghost.camel.yaml](ghost.camel.yaml) | | |\n");
    RouteFiles files = RouteFiles.read(folder, FOLDER.resolve("application.properties"));
    assertEquals(
        List.of(
            "README.md:3: fill three cells: file, in -> out, what it talks to",
            "README.md: good.camel.yaml has no row: add it",
            "README.md:3: ghost.camel.yaml is not a file here: remove the row"),
        new ReadmeCheck().in(files).stream().map(Finding::toString).toList());
  }

  @Test
  void arguments_countOnlyTopLevelCommas() {
    assertEquals(0, BeanCheck.arguments(""));
    assertEquals(2, BeanCheck.arguments("${body}, ${variable.request}"));
    assertEquals(3, BeanCheck.arguments("${f(a, b)}, 'x, y', 3"));
  }
}
