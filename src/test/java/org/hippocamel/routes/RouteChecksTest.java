package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.hippocamel.BoundBeans;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house rules over {@code routes/}. Each failure says file, line and what to write instead. */
class RouteChecksTest {
  private static RouteFiles files;

  @BeforeAll
  static void read() throws IOException {
    files =
        RouteFiles.read(Path.of("routes"), Path.of("src/main/resources/application.properties"));
    assertFalse(files.files().isEmpty(), "no *.camel.yaml in routes/");
  }

  @Test
  void schema_isCamelsOwn() {
    clean(new SchemaCheck());
  }

  @Test
  void endpoints_haveOptionsThatExist() {
    clean(new EndpointCheck());
  }

  @Test
  void routesAndSteps_haveNames() {
    clean(new IdCheck());
  }

  @Test
  void directs_areServedOnceAndUsed() {
    clean(new DirectCheck());
  }

  @Test
  void operations_comeInByTheDoor() {
    clean(new DoorCheck());
  }

  @Test
  void form_isCanonical() {
    clean(new ShorthandCheck());
  }

  @Test
  void routes_holdNoCodeHostsOrDeepBranches() {
    clean(new ForbiddenCheck());
  }

  @Test
  void headersForTheStore_areTakenAwayBehindTheCall() {
    clean(new StoreHeaderCheck());
  }

  @Test
  void placeholders_areDeclaredOnce() {
    clean(new PlaceholderCheck());
  }

  @Test
  void beans_existAndTakeWhatTheyAreGiven() {
    clean(new BeanCheck(BoundBeans.types()));
  }

  @Test
  void readme_listsTheFiles() {
    clean(new ReadmeCheck());
  }

  private static void clean(Check check) {
    List<Finding> found = check.in(files);
    assertEquals(
        "", found.stream().map(f -> "\nroutes/" + f).collect(Collectors.joining()), "findings");
  }
}
