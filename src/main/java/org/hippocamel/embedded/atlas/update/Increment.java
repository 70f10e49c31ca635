package org.hippocamel.embedded.atlas.update;

import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.TypeName;

/** $inc: the wider of the two types, and from int to long where int is too narrow. */
final class Increment {
  private Increment() {}

  static void apply(FieldSlot slot, BsonValue operand) {
    BsonValue current = slot.get();
    if (current == null) {
      slot.set(operand);
      return;
    }
    if (!current.isNumber() || current.isDecimal128() || operand.isDecimal128()) {
      throw ErrorCode.TYPE_MISMATCH.because(
          "Cannot apply $inc to a value of non-numeric type. {_id: %s} has the field '%s' of"
                  .formatted(slot.document().get("_id"), slot.path())
              + " non-numeric type "
              + TypeName.of(current));
    }
    slot.set(sum(slot, current.asNumber(), operand.asNumber()));
  }

  private static BsonValue sum(FieldSlot slot, BsonNumber a, BsonNumber b) {
    if (a.isDouble() || b.isDouble()) {
      return new BsonDouble(a.doubleValue() + b.doubleValue());
    }
    long sum;
    try {
      sum = Math.addExact(a.longValue(), b.longValue());
    } catch (ArithmeticException e) {
      throw ErrorCode.BAD_VALUE.because(
          "Failed to apply $inc operations to current value of '" + slot.path() + "': overflow");
    }
    boolean narrow = a.isInt32() && b.isInt32() && sum == (int) sum;
    return narrow ? new BsonInt32((int) sum) : new BsonInt64(sum);
  }
}
