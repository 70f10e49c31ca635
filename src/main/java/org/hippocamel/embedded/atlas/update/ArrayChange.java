package org.hippocamel.embedded.atlas.update;

import java.util.List;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.TypeName;

/** $push, $addToSet and $pull. */
final class ArrayChange {
  private static final String ELEMENT = "element";

  private ArrayChange() {}

  /** $each is the one clause there is; $slice, $sort and $position are refused. */
  static void requireKnownClauses(String operator, BsonValue operand) {
    if (!hasClauses(operand)) {
      return;
    }
    for (String clause : operand.asDocument().keySet()) {
      if (!clause.equals("$each")) {
        throw ErrorCode.BAD_VALUE.because("Unrecognized clause in " + operator + ": " + clause);
      }
    }
    if (!operand.asDocument().get("$each").isArray()) {
      throw ErrorCode.TYPE_MISMATCH.because(
          "The argument to $each in "
              + operator
              + " must be an array but it was of type "
              + TypeName.of(operand.asDocument().get("$each")));
    }
  }

  private static boolean hasClauses(BsonValue operand) {
    return operand.isDocument()
        && !operand.asDocument().isEmpty()
        && operand.asDocument().getFirstKey().startsWith("$");
  }

  private static List<BsonValue> values(BsonValue operand) {
    return hasClauses(operand)
        ? operand.asDocument().getArray("$each").getValues()
        : List.of(operand);
  }

  static void push(FieldSlot slot, BsonValue operand) {
    BsonArray array = arrayAt(slot);
    array.addAll(values(operand));
    slot.set(array);
  }

  static void addToSet(FieldSlot slot, BsonValue operand) {
    BsonArray array = arrayAt(slot);
    for (BsonValue value : values(operand)) {
      if (array.stream().noneMatch(element -> BsonComparator.equal(element, value))) {
        array.add(value);
      }
    }
    slot.set(array);
  }

  static void pull(FieldSlot slot, BsonValue operand) {
    if (slot.get() != null) {
      BsonArray array = arrayAt(slot);
      array.removeIf(condition(operand));
      slot.set(array);
    }
  }

  /** A plain document asks for the fields of document elements, all else for the element. */
  private static Predicate<BsonValue> condition(BsonValue operand) {
    boolean fields = operand.isDocument() && !hasClauses(operand);
    Filter filter =
        Filter.parse(fields ? operand.asDocument() : new BsonDocument(ELEMENT, operand));
    return element ->
        fields
            ? element.isDocument() && filter.matches(element.asDocument())
            : filter.matches(new BsonDocument(ELEMENT, element));
  }

  private static BsonArray arrayAt(FieldSlot slot) {
    BsonValue current = slot.get();
    if (current == null) {
      return new BsonArray();
    }
    if (!current.isArray()) {
      throw ErrorCode.BAD_VALUE.because(
          "The field '%s' must be an array but is of type %s in document {_id: %s}"
              .formatted(slot.path(), TypeName.of(current), slot.document().get("_id")));
    }
    return new BsonArray(current.asArray().getValues());
  }
}
