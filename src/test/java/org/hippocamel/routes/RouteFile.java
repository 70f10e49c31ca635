package org.hippocamel.routes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A YAML file as a tree in which every value knows its line. */
final class RouteFile {
  static final String SUFFIX = ".camel.yaml";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String name;
  private final List<String> text;
  private final JsonNode tree;
  private final Map<String, Integer> lines = new HashMap<>();

  private RouteFile(String name, String yaml) throws IOException {
    this.name = name;
    this.text = yaml.lines().toList();
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      parser.nextToken();
      tree = read(parser, "", 1);
    }
  }

  static RouteFile read(Path path) throws IOException {
    try {
      return new RouteFile(path.getFileName().toString(), Files.readString(path));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IOException(path + ":" + line + ": not YAML: " + e.getOriginalMessage(), e);
    }
  }

  String name() {
    return name;
  }

  /** The file name without {@code .camel.yaml}: the capability, its first route and its direct. */
  String stem() {
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** The file as written, comments included. */
  List<String> text() {
    return text;
  }

  JsonNode tree() {
    return tree;
  }

  JsonNode at(String pointer) {
    return tree.at(pointer);
  }

  /** 1-based line of the key, or of the nearest value around it. */
  int line(String pointer) {
    Integer line = lines.get(pointer);
    return line != null || pointer.isEmpty() ? (line == null ? 1 : line) : line(parent(pointer));
  }

  /** Every key with its value, in the order of the file. */
  List<Entry> entries() {
    List<Entry> found = new ArrayList<>();
    collect("", tree, found);
    return found;
  }

  List<Entry> entries(String key) {
    return entries().stream().filter(e -> e.name().equals(key)).toList();
  }

  /** The routes of this file: the values of the top-level {@code route} keys. */
  List<Entry> routes() {
    return entries("route").stream().filter(e -> e.pointer().matches("/\\d+/route")).toList();
  }

  static String parent(String pointer) {
    int slash = pointer.lastIndexOf('/');
    return slash < 0 ? "" : pointer.substring(0, slash);
  }

  private void collect(String pointer, JsonNode node, List<Entry> found) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(pointer + "/" + i, node.get(i), found);
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String below = pointer + "/" + escaped(field.getKey());
      found.add(new Entry(this, below, field.getKey(), field.getValue()));
      collect(below, field.getValue(), found);
    }
  }

  private JsonNode read(JsonParser parser, String pointer, int line) throws IOException {
    lines.put(pointer, line);
    JsonToken token = parser.currentToken();
    if (token == null) {
      return NODES.missingNode();
    }
    return switch (token) {
      case START_OBJECT -> {
        var object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          int at = parser.currentTokenLocation().getLineNr();
          parser.nextToken();
          object.set(key, read(parser, pointer + "/" + escaped(key), at));
        }
        yield object;
      }
      case START_ARRAY -> {
        var array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          int at = parser.currentTokenLocation().getLineNr();
          array.add(read(parser, pointer + "/" + array.size(), at));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NULL -> NODES.nullNode();
      default -> NODES.textNode(parser.getText());
    };
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
