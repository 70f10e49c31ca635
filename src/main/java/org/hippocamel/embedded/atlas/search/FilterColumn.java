package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Values of one filter path, dictionary-encoded: a row holds a code, and a code stands for all the
 * values a row has at the path, so a predicate is decided once per distinct value and not per row.
 *
 * <pre>
 * row  document            code     codes of each value
 * 0    {tag: "a"}          0        "a" -> 0, 2
 * 1    {}                  MISSING  "b" -> 2
 * 2    {tag: ["a", "b"]}   2
 * </pre>
 *
 * One writer; readers may look values up meanwhile, as codes they do not know stand in no row of
 * theirs.
 */
final class FilterColumn {
  static final int MISSING = -1;

  private final FieldPath path;
  private final Map<BsonValue, Integer> codeOf = new HashMap<>();
  private final List<BsonValue> values = Collections.synchronizedList(new ArrayList<>());
  private final Map<BsonValue, Codes> codesOf = new ConcurrentHashMap<>();

  FilterColumn(String path) {
    this.path = new FieldPath(path);
  }

  /** What a document has at the path: its one value, an array of several, null when missing. */
  BsonValue valueIn(BsonDocument document) {
    List<BsonValue> found = path.all(document);
    if (found.size() == 1 && !found.get(0).isArray()) {
      BsonValue canonical = Scalars.canonical(found.get(0));
      return canonical == null ? new BsonArray() : canonical;
    }
    return found.isEmpty() ? null : elements(found);
  }

  private static BsonArray elements(List<BsonValue> found) {
    BsonArray elements = new BsonArray();
    for (BsonValue value : found) {
      for (BsonValue element : value.isArray() ? value.asArray() : List.of(value)) {
        BsonValue canonical = Scalars.canonical(element);
        if (canonical != null && !elements.contains(canonical)) {
          elements.add(canonical);
        }
      }
    }
    return elements;
  }

  /** The code of a {@link #valueIn} value. */
  int encode(BsonValue value) {
    if (value == null) {
      return MISSING;
    }
    Integer known = codeOf.get(value);
    if (known != null) {
      return known;
    }
    int code = codeOf.size();
    codeOf.put(value, code);
    values.add(value);
    for (BsonValue element : value.isArray() ? value.asArray() : List.of(value)) {
      codesOf.computeIfAbsent(element, e -> new Codes()).add(code);
    }
    return code;
  }

  /** The value that {@link #encode} gave the code for. */
  BsonValue value(int code) {
    return code == MISSING ? null : values.get(code);
  }

  /** Codes that hold one of the values. */
  BitSet codesOfAny(List<BsonValue> values) {
    BitSet codes = new BitSet();
    for (BsonValue value : values) {
      Codes found = codesOf.get(value);
      if (found != null) {
        found.addTo(codes);
      }
    }
    return codes;
  }

  /** Codes that hold a value the predicate accepts. */
  BitSet codesWhere(Predicate<BsonValue> predicate) {
    BitSet codes = new BitSet();
    codesOf.forEach(
        (value, found) -> {
          if (predicate.test(value)) {
            found.addTo(codes);
          }
        });
    return codes;
  }

  private static final class Codes {
    private int[] values = {0};
    private int size;

    synchronized void add(int code) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = code;
    }

    synchronized void addTo(BitSet codes) {
      for (int i = 0; i < size; i++) {
        codes.set(values[i]);
      }
    }
  }
}
