package org.hippocamel.embedded.atlas.search;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.search.TextMapping.Options;
import org.hippocamel.embedded.atlas.search.TextMapping.Type;

/**
 * A document as Lucene fields, one for each path and type: {@code "string:author.name"}; and one
 * for each further analyzer of a text: {@code "multi:exact\0author.name"}.
 */
final class TextFields {
  static final String ID = "id";
  static final String EXISTS = "exists";

  private static final String KEY = "key";
  private static final String MULTI = "multi:";

  /** No name of a BSON field holds it. */
  private static final char END = '\0';

  /** Atlas cuts tokens here. */
  private static final int MAX_TOKEN_CHARS = 8181;

  /** Lucene's limit for one term, in bytes; text of the keyword analyzer is one term. */
  private static final int MAX_TERM_CHARS = 32_766 / 3;

  private final TextDefinition definition;

  TextFields(TextDefinition definition) {
    this.definition = definition;
  }

  static String name(Type type, String path) {
    return type.word + ":" + path;
  }

  /** The field of a text under another analyzer than its first. */
  static String multi(String name, String path) {
    return MULTI + name + END + path;
  }

  static Term key(BsonValue id) {
    return new Term(KEY, BsonBytes.key(id));
  }

  static String token(String value, Options options) {
    String cut = value.length() > MAX_TOKEN_CHARS ? value.substring(0, MAX_TOKEN_CHARS) : value;
    return options.lowercase() ? cut.toLowerCase(Locale.ROOT) : cut;
  }

  Document document(BsonValue id, BsonDocument source) {
    Document document = new Document();
    document.add(new StringField(KEY, BsonBytes.key(id), Field.Store.NO));
    document.add(new BinaryDocValuesField(ID, BsonBytes.encode(id)));
    Set<String> paths = new HashSet<>();
    addAll(document, source, "", definition.mappings(), paths);
    for (String path : paths) {
      document.add(new StringField(EXISTS, path, Field.Store.NO));
    }
    return document;
  }

  private void addAll(
      Document document,
      BsonDocument source,
      String prefix,
      TextMapping mapping,
      Set<String> paths) {
    for (Map.Entry<String, BsonValue> entry : source.entrySet()) {
      String name = entry.getKey();
      if (mapping.dynamic() || mapping.fields().containsKey(name)) {
        add(document, entry.getValue(), prefix, name, mapping, paths);
      }
    }
  }

  private void add(
      Document document,
      BsonValue value,
      String prefix,
      String name,
      TextMapping mapping,
      Set<String> paths) {
    String path = prefix + name;
    if (value.isArray()) {
      for (BsonValue element : value.asArray()) {
        if (!element.isArray()) {
          add(document, element, prefix, name, mapping, paths);
        }
      }
    } else if (value.isDocument()) {
      paths.add(path);
      addAll(document, value.asDocument(), path + ".", mapping.below(name), paths);
    } else if (addScalar(document, value, path, name, mapping)) {
      paths.add(path);
    }
  }

  private boolean addScalar(
      Document document, BsonValue value, String path, String name, TextMapping mapping) {
    int before = document.getFields().size();
    switch (value.getBsonType()) {
      case STRING -> addString(document, value.asString().getValue(), path, name, mapping);
      case INT32, INT64, DOUBLE, DECIMAL128 -> {
        if (mapping.of(name, Type.NUMBER) != null) {
          document.add(new DoublePoint(name(Type.NUMBER, path), Scalars.number(value)));
        }
      }
      case DATE_TIME -> {
        if (mapping.of(name, Type.DATE) != null) {
          document.add(new LongPoint(name(Type.DATE, path), value.asDateTime().getValue()));
        }
      }
      case BOOLEAN -> addTerm(document, Type.BOOLEAN, value, path, name, mapping);
      case OBJECT_ID -> addTerm(document, Type.OBJECT_ID, value, path, name, mapping);
      default -> {}
    }
    return document.getFields().size() > before;
  }

  private void addString(
      Document document, String value, String path, String name, TextMapping mapping) {
    Options string = mapping.of(name, Type.STRING);
    if (string != null) {
      addText(document, name(Type.STRING, path), value, string);
      string
          .multi()
          .forEach((multi, options) -> addText(document, multi(multi, path), value, options));
    }
    Options token = mapping.of(name, Type.TOKEN);
    if (token != null) {
      document.add(new StringField(name(Type.TOKEN, path), token(value, token), Field.Store.NO));
    }
  }

  private void addText(Document document, String field, String value, Options options) {
    if (value.length() <= MAX_TERM_CHARS || !isKeyword(options)) {
      document.add(new TextField(field, value, Field.Store.NO));
    }
  }

  private boolean isKeyword(Options options) {
    String analyzer = options.analyzer() == null ? definition.analyzer() : options.analyzer();
    return analyzer.equals("lucene.keyword");
  }

  private static void addTerm(
      Document document,
      Type type,
      BsonValue value,
      String path,
      String name,
      TextMapping mapping) {
    if (mapping.of(name, type) != null) {
      document.add(new StringField(name(type, path), term(value), Field.Store.NO));
    }
  }

  /** The term of a boolean or objectId. */
  static String term(BsonValue value) {
    return value.isBoolean()
        ? Boolean.toString(value.asBoolean().getValue())
        : value.asObjectId().getValue().toHexString();
  }

  /** Analyses each string field as its definition says, for writing or for searching. */
  Analyzer analyzer(boolean searching) {
    return new DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
      @Override
      protected Analyzer getWrappedAnalyzer(String field) {
        Options options = options(field);
        String own =
            options == null ? null : searching ? options.searchAnalyzer() : options.analyzer();
        String fallback = searching ? definition.searchAnalyzer() : definition.analyzer();
        return Analyzers.get(own == null ? fallback : own);
      }
    };
  }

  /** What the definition says of a Lucene field, null for nothing. */
  private Options options(String field) {
    TextMapping mappings = definition.mappings();
    if (!field.startsWith(MULTI)) {
      return mappings.at(field.substring(field.indexOf(':') + 1), Type.STRING);
    }
    int end = field.indexOf(END);
    Options first = mappings.at(field.substring(end + 1), Type.STRING);
    return first == null ? null : first.multi().get(field.substring(MULTI.length(), end));
  }
}
