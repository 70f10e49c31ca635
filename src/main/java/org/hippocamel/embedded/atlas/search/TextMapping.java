package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonValue;

/**
 * How the fields of a document, or of a document in it, are indexed.
 *
 * @param dynamic fields that are not named are indexed by their type
 */
record TextMapping(boolean dynamic, Map<String, Field> fields) {
  private static final TextMapping NOTHING = new TextMapping(false, Map.of());
  private static final TextMapping EVERYTHING = new TextMapping(true, Map.of());

  /** The types a field can be given in a definition, {@code document} apart. */
  enum Type {
    STRING("string"),
    TOKEN("token"),
    NUMBER("number"),
    DATE("date"),
    BOOLEAN("boolean"),
    OBJECT_ID("objectId");

    final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /**
   * @param options what the definition says of each type the field has
   * @param document mapping of the fields below, null when the field is not of type document
   */
  record Field(Map<Type, Options> options, TextMapping document) {}

  /**
   * Names are null where the definition leaves them to the index.
   *
   * @param multi the same text under other analyzers, by the names that queries use
   */
  record Options(
      String analyzer, String searchAnalyzer, boolean lowercase, Map<String, Options> multi) {
    static final Options NONE = new Options(null, null, false, Map.of());

    static Options analyzed(String analyzer, String searchAnalyzer, Map<String, Options> multi) {
      return new Options(analyzer, searchAnalyzer, false, multi);
    }
  }

  static TextMapping parse(StrictDocument mapping, Set<String> allowed) {
    mapping.only(allowed);
    boolean dynamic = mapping.bool("dynamic", false);
    Map<String, Field> fields = new LinkedHashMap<>();
    if (mapping.has("fields")) {
      StrictDocument named = mapping.child("fields");
      for (String name : named.document().keySet()) {
        fields.put(name, field(named, name));
      }
    }
    return new TextMapping(dynamic, fields);
  }

  private static Field field(StrictDocument named, String name) {
    BsonValue value = named.required(name);
    List<StrictDocument> types = new ArrayList<>();
    if (value.isArray()) {
      for (int i = 0; i < value.asArray().size(); i++) {
        types.add(named.child(name + "[" + i + "]", value.asArray().get(i)));
      }
    } else {
      types.add(named.child(name));
    }
    Map<Type, Options> options = new EnumMap<>(Type.class);
    TextMapping document = null;
    for (StrictDocument type : types) {
      if (type.string("type").equals("document")) {
        document = parse(type, Set.of("type", "dynamic", "fields"));
      } else {
        Type parsed = type(type);
        options.put(parsed, options(type, parsed));
      }
    }
    return new Field(options, document);
  }

  private static Type type(StrictDocument field) {
    for (Type type : Type.values()) {
      if (type.word.equals(field.string("type"))) {
        return type;
      }
    }
    throw field.refuse(
        field.path("type")
            + " '"
            + field.string("type")
            + "' is not supported; supported: document, string, token, number, date, boolean,"
            + " objectId");
  }

  private static Options options(StrictDocument field, Type type) {
    return switch (type) {
      case STRING -> {
        field.only(Set.of("type", "analyzer", "searchAnalyzer", "multi"));
        yield string(field, field.has("multi") ? multi(field.child("multi")) : Map.of());
      }
      case TOKEN -> {
        field.only(Set.of("type", "normalizer"));
        String normalizer = field.oneOf("normalizer", "none", List.of("lowercase", "none"));
        yield new Options(null, null, normalizer.equals("lowercase"), Map.of());
      }
      default -> {
        field.only(Set.of("type"));
        yield Options.NONE;
      }
    };
  }

  private static Options string(StrictDocument field, Map<String, Options> multi) {
    String analyzer = Analyzers.named(field, "analyzer", null);
    return Options.analyzed(analyzer, Analyzers.named(field, "searchAnalyzer", analyzer), multi);
  }

  private static Map<String, Options> multi(StrictDocument named) {
    Map<String, Options> multi = new LinkedHashMap<>();
    for (String name : named.document().keySet()) {
      StrictDocument field = named.child(name).only(Set.of("type", "analyzer", "searchAnalyzer"));
      field.oneOf("type", null, List.of(Type.STRING.word));
      multi.put(name, string(field, Map.of()));
    }
    return multi;
  }

  /**
   * How a type of the value at {@code path} is indexed.
   *
   * @return null when it is not
   */
  Options at(String path, Type type) {
    TextMapping mapping = this;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      mapping = mapping.below(names[i]);
    }
    return mapping.of(names[names.length - 1], type);
  }

  /** Mapping of the documents in a field. */
  TextMapping below(String name) {
    Field field = fields.get(name);
    if (field == null) {
      return dynamic ? EVERYTHING : NOTHING;
    }
    return field.document() == null ? NOTHING : field.document();
  }

  /** How one type of a field is indexed, null when it is not. */
  Options of(String name, Type type) {
    Field field = fields.get(name);
    if (field != null) {
      return field.options().get(type);
    }
    // Atlas does not index strings as tokens by itself: equals on them needs a definition.
    return dynamic && type != Type.TOKEN ? Options.NONE : null;
  }
}
