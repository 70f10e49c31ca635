package org.hippocamel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertyFileTest {
  @Test
  void resolved_takesTheDefaultOfAVariableThatIsNotSet() {
    assertEquals("127.0.0.1", value("{{env:HTTP_HOST:127.0.0.1}}", Map.of()));
    assertEquals("", value("{{env:TEI_API_KEY:}}", Map.of()));
  }

  @Test
  void resolved_takesTheEnvironmentFirst() {
    assertEquals("0.0.0.0", value("{{env:HTTP_HOST:127.0.0.1}}", Map.of("HTTP_HOST", "0.0.0.0")));
  }

  @Test
  void resolved_takesAnEmptyVariableForUnset() {
    assertEquals("embedded", value("{{env:TEI_URL:embedded}}", Map.of("TEI_URL", "")));
  }

  @Test
  void resolved_takesTheEnvironmentAsItIs_dollarsBackslashesAndBracesToo() {
    String key = "a$1\\b{{http.host}}";
    assertEquals(key, value("{{env:TEI_API_KEY:}}", Map.of("TEI_API_KEY", key)));
  }

  @Test
  void resolved_followsOtherKeys_throughTheirPlaceholders() {
    PropertyFile file =
        file(
            Map.of("camel.server.host", "{{http.host}}", "http.host", "{{env:HTTP_HOST:::1}}"),
            Map.of());
    assertEquals("::1", file.resolved().get("camel.server.host"));
  }

  @Test
  void resolved_joinsPlaceholdersAndText() {
    PropertyFile file =
        file(Map.of("a", "file:{{routes.directory}}/*.yaml", "routes.directory", "r"), Map.of());
    assertEquals("file:r/*.yaml", file.resolved().get("a"));
  }

  @Test
  void resolved_namesAKeyThatIsNotThere() {
    PropertyFile file = file(Map.of("a", "{{routes.folder}}"), Map.of());
    Exception refused = assertThrows(IllegalArgumentException.class, file::resolved);
    assertEquals("no setting named routes.folder", refused.getMessage());
  }

  @Test
  void load_readsTheShippedFile() {
    Map<String, String> values = PropertyFile.load(Map.of()).resolved();
    assertEquals("hippocamel", values.get("camel.main.name"));
    assertEquals(values.get("http.host"), values.get("camel.server.host"));
  }

  @Test
  void load_prefersTheSystemPropertyToTheFile_andTheOverrideToBoth() {
    System.setProperty("recall.pool", "70");
    try {
      assertEquals("70", PropertyFile.load(Map.of()).resolved().get("recall.pool"));
      PropertyFile overridden = PropertyFile.load(Map.of("recall.pool", "80"));
      assertEquals("80", overridden.resolved().get("recall.pool"));
    } finally {
      System.clearProperty("recall.pool");
    }
  }

  @Test
  void with_reachesTheKeysThatNameTheChangedOne() {
    PropertyFile changed = PropertyFile.load(Map.of()).with(Map.of("http.port", "12345"));
    assertEquals("12345", changed.resolved().get("camel.server.port"));
  }

  private static String value(String raw, Map<String, String> environment) {
    return file(Map.of("key", raw, "http.host", "elsewhere"), environment).resolved().get("key");
  }

  private static PropertyFile file(Map<String, String> raw, Map<String, String> environment) {
    return new PropertyFile(raw, environment::get);
  }
}
