package org.hippocamel.embedded.atlas.aggregate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Refusal;

/**
 * Fields by path as a tree, with a mark or an expression at each leaf; the ways in which $project,
 * $addFields and $unset walk a document along it.
 */
final class FieldTree {
  private final Map<String, FieldTree> children = new LinkedHashMap<>();
  private Expression expression;
  private boolean leaf;

  /** Marks a path; with an expression it is computed, without it is kept or dropped. */
  void put(FieldPath path, Expression computed) {
    FieldTree node = this;
    List<String> parts = path.parts();
    for (String part : parts) {
      if (node.leaf) {
        throw collision(path);
      }
      node = node.children.computeIfAbsent(part, name -> new FieldTree());
    }
    if (node.leaf || !node.children.isEmpty()) {
      throw collision(path);
    }
    node.leaf = true;
    node.expression = computed;
  }

  private static Refusal collision(FieldPath path) {
    return Refusal.at(31249, "Invalid $project :: caused by :: Path collision at " + path.dotted());
  }

  boolean isEmpty() {
    return children.isEmpty();
  }

  private boolean computes() {
    return expression != null || children.values().stream().anyMatch(FieldTree::computes);
  }

  /** What is marked, in the document's order, then what is computed. */
  BsonDocument include(BsonDocument document, Scope scope) {
    BsonDocument kept = new BsonDocument();
    document.forEach(
        (name, value) -> {
          FieldTree child = children.get(name);
          BsonValue part = child == null ? null : child.included(value, scope);
          if (part != null) {
            kept.append(name, part);
          }
        });
    for (Map.Entry<String, FieldTree> child : children.entrySet()) {
      if (!kept.containsKey(child.getKey())) {
        child.getValue().computeInto(kept, child.getKey(), scope);
      }
    }
    return kept;
  }

  private void computeInto(BsonDocument kept, String name, Scope scope) {
    if (expression != null) {
      putIfPresent(kept, name, expression.evaluate(scope));
    } else if (!leaf && computes()) {
      kept.append(name, include(new BsonDocument(), scope));
    }
  }

  private static void putIfPresent(BsonDocument document, String name, BsonValue value) {
    if (value != null) {
      document.put(name, value);
    }
  }

  private BsonValue included(BsonValue value, Scope scope) {
    if (leaf) {
      return expression == null ? value : null;
    }
    if (value.isDocument()) {
      return include(value.asDocument(), scope);
    }
    if (!value.isArray()) {
      return null;
    }
    BsonArray parts = new BsonArray();
    for (BsonValue element : value.asArray()) {
      BsonValue part = element.isDocument() || element.isArray() ? included(element, scope) : null;
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** The document without what is marked. */
  BsonDocument exclude(BsonDocument document) {
    BsonDocument kept = new BsonDocument();
    document.forEach(
        (name, value) -> {
          FieldTree child = children.get(name);
          if (child == null) {
            kept.append(name, value);
          } else if (!child.leaf) {
            kept.append(name, child.excluded(value));
          }
        });
    return kept;
  }

  private BsonValue excluded(BsonValue value) {
    if (value.isDocument()) {
      return exclude(value.asDocument());
    }
    return value.isArray()
        ? new BsonArray(value.asArray().stream().map(this::excluded).toList())
        : value;
  }

  /** The document with what is computed; all else stays as it is. */
  BsonDocument add(BsonDocument document, Scope scope) {
    BsonDocument made = new BsonDocument();
    made.putAll(document);
    children.forEach((name, child) -> child.addInto(made, name, scope));
    return made;
  }

  private void addInto(BsonDocument made, String name, Scope scope) {
    if (!leaf) {
      made.put(name, added(made.get(name), scope));
      return;
    }
    BsonValue value = expression.evaluate(scope);
    if (value == null) {
      made.remove(name);
    } else {
      made.put(name, value);
    }
  }

  private BsonValue added(BsonValue value, Scope scope) {
    if (value != null && value.isArray()) {
      return new BsonArray(value.asArray().stream().map(element -> added(element, scope)).toList());
    }
    boolean document = value != null && value.isDocument();
    return add(document ? value.asDocument() : new BsonDocument(), scope);
  }
}
