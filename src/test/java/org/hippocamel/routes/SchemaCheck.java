package org.hippocamel.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files against the schema that Camel's YAML DSL ships (draft-04). */
final class SchemaCheck implements Check {
  private final JsonSchema schema;

  SchemaCheck() {
    try (var in = getClass().getClassLoader().getResourceAsStream("schema/camelYamlDsl.json")) {
      schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
              .getSchema(
                  new ObjectMapper().readTree(in),
                  SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Finding> in(RouteFiles files) {
    List<Finding> found = new ArrayList<>();
    files.files().forEach(file -> found.addAll(in(file)));
    return found;
  }

  private List<Finding> in(RouteFile file) {
    JsonNode tree = file.tree().deepCopy();
    List<ValidationMessage> messages = messages(tree);
    // A placeholder stands for the number or boolean that the schema asks for, which it cannot
    // know: put one there and look again.
    if (messages.stream().map(message -> fill(tree, message)).toList().contains(true)) {
      messages = messages(tree);
    }
    Map<Integer, Finding> byLine = new LinkedHashMap<>();
    for (ValidationMessage message : messages) {
      String pointer = message.getInstanceLocation().toString();
      String what = message.getMessage().replaceFirst("^[^:]*: ", "");
      if (message.getProperty() != null && message.getType().equals("additionalProperties")) {
        pointer = pointer + "/" + message.getProperty();
        what = "unknown key \"" + message.getProperty() + "\": see the Camel page of this step";
      }
      int line = file.line(pointer);
      byLine.putIfAbsent(line, new Finding(file.name(), line, what));
    }
    return List.copyOf(byLine.values());
  }

  /** The deepest first: an {@code anyOf} complains on every level above the one at fault. */
  private List<ValidationMessage> messages(JsonNode tree) {
    return schema.validate(tree).stream()
        .sorted(
            Comparator.comparing((ValidationMessage m) -> -m.getInstanceLocation().getNameCount()))
        .toList();
  }

  private static boolean fill(JsonNode tree, ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    if (!message.getType().equals("type") || !tree.at(pointer).asText().startsWith("{{")) {
      return false;
    }
    boolean wantsBoolean = message.getMessage().contains("boolean expected");
    JsonNode value = wantsBoolean ? BooleanNode.TRUE : IntNode.valueOf(1);
    JsonNode holder = tree.at(RouteFile.parent(pointer));
    String key = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (holder instanceof ObjectNode object) {
      object.set(key, value);
    } else if (holder instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), value);
    }
    return true;
  }
}
