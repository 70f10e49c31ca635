package org.hippocamel.embedded.atlas.update;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.TypeName;

/** The update operators that there are. */
enum UpdateOperator {
  SET("$set", FieldSlot::set),
  SET_ON_INSERT("$setOnInsert", FieldSlot::set),
  UNSET("$unset", (slot, operand) -> slot.unset()),
  INC("$inc", Increment::apply),
  PUSH("$push", ArrayChange::push),
  ADD_TO_SET("$addToSet", ArrayChange::addToSet),
  PULL("$pull", ArrayChange::pull),
  MAX("$max", (slot, operand) -> keep(slot, operand, 1)),
  MIN("$min", (slot, operand) -> keep(slot, operand, -1));

  private static final Map<String, UpdateOperator> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(one -> one.word, one -> one));

  private final String word;
  private final BiConsumer<FieldSlot, BsonValue> effect;

  UpdateOperator(String word, BiConsumer<FieldSlot, BsonValue> effect) {
    this.word = word;
    this.effect = effect;
  }

  static UpdateOperator named(String name) {
    UpdateOperator operator = BY_NAME.get(name);
    if (operator == null) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "Unknown modifier: "
              + name
              + ". Expected a valid update modifier or pipeline-style update specified as an"
              + " array");
    }
    return operator;
  }

  /** Refuses an operand for what it is, before any document is touched. */
  BsonValue checked(FieldPath path, BsonValue operand) {
    if (this == INC && !operand.isNumber()) {
      throw ErrorCode.TYPE_MISMATCH.because(
          "Cannot increment with non-numeric argument: {%s: %s}"
              .formatted(path, TypeName.of(operand)));
    }
    if (this == PUSH || this == ADD_TO_SET) {
      ArrayChange.requireKnownClauses(word, operand);
    }
    return operand;
  }

  void apply(FieldSlot slot, BsonValue operand) {
    effect.accept(slot, operand);
  }

  private static void keep(FieldSlot slot, BsonValue operand, int sign) {
    BsonValue current = slot.get();
    if (current == null || BsonComparator.INSTANCE.compare(operand, current) * sign > 0) {
      slot.set(operand);
    }
  }
}
