package org.hippocamel.embedded.atlas.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonUndefined;
import org.bson.BsonValue;

/** A dotted path such as {@code outcomes.0.reward}, and what it reaches through arrays. */
public final class FieldPath {
  private final String dotted;
  private final String[] parts;

  private FieldPath(String dotted) {
    this.dotted = dotted;
    this.parts = dotted.split("\\.", -1);
  }

  public static FieldPath of(String dotted) {
    FieldPath path = new FieldPath(dotted);
    for (String part : path.parts) {
      if (part.isEmpty()) {
        throw Refusal.at(15998, "FieldPath field names may not be empty strings: '" + dotted + "'");
      }
    }
    return path;
  }

  public String dotted() {
    return dotted;
  }

  public List<String> parts() {
    return List.of(parts);
  }

  /**
   * Whether any value at the end of the path satisfies the test. Arrays on the way are entered, by
   * position when the next part is a number and by element when the element is a document; the
   * value at the end is given as it is. A document that lacks the field gives null (a Java null,
   * not BSON's).
   */
  public boolean any(BsonDocument document, Predicate<BsonValue> test) {
    return any(document, 0, test);
  }

  private boolean any(BsonDocument document, int index, Predicate<BsonValue> test) {
    BsonValue child = document.get(parts[index]);
    if (index == parts.length - 1 || child == null) {
      return test.test(child);
    }
    return into(child, index + 1, test);
  }

  private boolean into(BsonValue value, int index, Predicate<BsonValue> test) {
    if (value.isDocument()) {
      return any(value.asDocument(), index, test);
    }
    return value.isArray() ? anyOf(value.asArray(), index, test) : test.test(null);
  }

  private boolean anyOf(BsonArray array, int index, Predicate<BsonValue> test) {
    int position = position(parts[index]);
    if (position >= 0 && position < array.size()) {
      BsonValue element = array.get(position);
      boolean last = index == parts.length - 1;
      if (last ? test.test(element) : into(element, index + 1, test)) {
        return true;
      }
    }
    for (BsonValue element : array) {
      if (element.isDocument() && any(element.asDocument(), index, test)) {
        return true;
      }
    }
    return false;
  }

  /** The position that a path part names in an array, or -1 when it is no number. */
  public static int position(String part) {
    if (part.isEmpty() || part.length() > 7 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    return Integer.parseInt(part);
  }

  /**
   * What an index or a sort sees: each value at the end of the path, each element of an array
   * there, undefined for an empty array, null when the field is missing.
   */
  public List<BsonValue> keys(BsonDocument document) {
    List<BsonValue> keys = new ArrayList<>();
    any(
        document,
        value -> {
          if (value == null) {
            keys.add(BsonNull.VALUE);
          } else if (!value.isArray()) {
            keys.add(value);
          } else if (value.asArray().isEmpty()) {
            keys.add(new BsonUndefined());
          } else {
            keys.addAll(value.asArray());
          }
          return false;
        });
    return keys.isEmpty() ? List.of(BsonNull.VALUE) : keys;
  }

  /** Whether an array lies on the path in this document, so that it may have several keys. */
  public boolean crossesArray(BsonDocument document) {
    BsonValue value = document;
    for (String part : parts) {
      if (value == null || !value.isDocument()) {
        return value != null && value.isArray();
      }
      value = value.asDocument().get(part);
    }
    return value != null && value.isArray();
  }

  /**
   * The value an expression sees: an array on the way gives the array of what its documents hold.
   * Null when there is nothing.
   */
  public BsonValue value(BsonDocument document) {
    return value(document, 0);
  }

  private BsonValue value(BsonValue value, int index) {
    if (index == parts.length) {
      return value;
    }
    if (value.isDocument()) {
      BsonValue child = value.asDocument().get(parts[index]);
      return child == null ? null : value(child, index + 1);
    }
    if (!value.isArray()) {
      return null;
    }
    BsonArray found = new BsonArray();
    for (BsonValue element : value.asArray()) {
      BsonValue inner = element.isDocument() ? value(element, index) : null;
      if (inner != null) {
        found.add(inner);
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return dotted;
  }
}
