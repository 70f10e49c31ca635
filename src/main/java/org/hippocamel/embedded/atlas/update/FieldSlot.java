package org.hippocamel.embedded.atlas.update;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.TypeName;

/** The place a path names in a document that may be changed; documents on the way are made. */
final class FieldSlot {
  /** MongoDB pads an array with nulls up to a new position, within this bound. */
  private static final int MAX_PADDING = 1_500_000;

  private final BsonDocument document;
  private final FieldPath path;
  private final List<String> parts;

  FieldSlot(BsonDocument document, FieldPath path) {
    this.document = document;
    this.path = path;
    this.parts = path.parts();
  }

  FieldPath path() {
    return path;
  }

  BsonDocument document() {
    return document;
  }

  /** Null when there is nothing. */
  BsonValue get() {
    BsonValue value = document;
    for (String part : parts) {
      value = value == null ? null : child(value, part);
    }
    return value;
  }

  private static BsonValue child(BsonValue parent, String part) {
    if (parent.isDocument()) {
      return parent.asDocument().get(part);
    }
    int position = parent.isArray() ? FieldPath.position(part) : -1;
    return position >= 0 && position < parent.asArray().size()
        ? parent.asArray().get(position)
        : null;
  }

  void set(BsonValue value) {
    BsonValue parent = document;
    for (int i = 0; i < parts.size() - 1; i++) {
      BsonValue child = child(parent, parts.get(i));
      if (child == null) {
        child = new BsonDocument();
        put(parent, i, child);
      }
      parent = child;
    }
    put(parent, parts.size() - 1, value);
  }

  private void put(BsonValue parent, int index, BsonValue value) {
    String part = parts.get(index);
    if (parent.isDocument()) {
      parent.asDocument().put(part, value);
    } else if (parent.isArray() && FieldPath.position(part) >= 0) {
      put(parent.asArray(), FieldPath.position(part), value);
    } else {
      throw ErrorCode.PATH_NOT_VIABLE.because(
          "Cannot create field '%s' in element {%s: %s}"
              .formatted(part, index == 0 ? "" : parts.get(index - 1), TypeName.of(parent)));
    }
  }

  private static void put(BsonArray array, int position, BsonValue value) {
    if (position - array.size() > MAX_PADDING) {
      throw ErrorCode.BAD_VALUE.because(
          "can't backfill more than " + MAX_PADDING + " elements of an array");
    }
    while (array.size() < position) {
      array.add(BsonNull.VALUE);
    }
    if (position == array.size()) {
      array.add(value);
    } else {
      array.set(position, value);
    }
  }

  void unset() {
    BsonValue parent = document;
    for (int i = 0; i < parts.size() - 1 && parent != null; i++) {
      parent = child(parent, parts.get(i));
    }
    String last = parts.get(parts.size() - 1);
    if (parent != null && parent.isDocument()) {
      parent.asDocument().remove(last);
    } else if (parent != null && child(parent, last) != null) {
      parent.asArray().set(FieldPath.position(last), BsonNull.VALUE);
    }
  }
}
