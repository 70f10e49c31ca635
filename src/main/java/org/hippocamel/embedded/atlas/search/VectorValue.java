package org.hippocamel.embedded.atlas.search;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonValue;

/** A vector as documents and queries carry it: an array of numbers or BinData subtype 9. */
final class VectorValue {
  static final byte FLOAT32 = 0x27;
  static final byte INT8 = 0x03;
  static final byte PACKED_BIT = 0x10;

  private VectorValue() {}

  /**
   * The floats of a value, null when it is no float vector or holds a number that is not finite.
   */
  static float[] floats(BsonValue value) {
    float[] floats = null;
    if (value != null && value.isArray()) {
      floats = numbers(value);
    } else if (dtype(value) == FLOAT32) {
      floats = unpacked(value.asBinary().getData());
    }
    return floats != null && finite(floats) ? floats : null;
  }

  /** First byte of a subtype 9 value, 0 for any other. */
  static byte dtype(BsonValue value) {
    if (value == null || !value.isBinary()) {
      return 0;
    }
    BsonBinary binary = value.asBinary();
    boolean vector = binary.getType() == BsonBinarySubType.VECTOR.getValue();
    return vector && binary.getData().length >= 2 ? binary.getData()[0] : 0;
  }

  private static float[] unpacked(byte[] data) {
    if ((data.length - 2) % Float.BYTES != 0) {
      return null;
    }
    float[] floats = new float[(data.length - 2) / Float.BYTES];
    ByteBuffer.wrap(data, 2, data.length - 2)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(floats);
    return floats;
  }

  private static float[] numbers(BsonValue value) {
    float[] floats = new float[Math.max(16, VectorField.MAX_DIMENSIONS / 16)];
    int size = 0;
    for (BsonValue element : value.asArray()) {
      if (!element.isNumber() || size == VectorField.MAX_DIMENSIONS) {
        return null;
      }
      if (size == floats.length) {
        floats = Arrays.copyOf(floats, size * 2);
      }
      floats[size++] = (float) element.asNumber().doubleValue();
    }
    return Arrays.copyOf(floats, size);
  }

  private static boolean finite(float[] floats) {
    float sum = 0;
    for (float f : floats) {
      sum += f * 0; // anything not finite makes this NaN
    }
    return sum == 0;
  }
}
