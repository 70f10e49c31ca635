package org.hippocamel.embedded.tei.own;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes an ONNX file: a graph of a few nodes with weights in it. Field numbers are those of {@code
 * onnx.proto3}; only what the tests need is there.
 */
final class TinyOnnx {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int OPSET = 13;

  private final Message graph = new Message().text(2, "tiny");

  /** An input of int64, one row of as many columns as the text has tokens. */
  TinyOnnx input(String name) {
    graph.message(11, value(name, INT64, "batch", "sequence"));
    return this;
  }

  /** An input of another element type than the server gives. */
  TinyOnnx floatInput(String name) {
    graph.message(11, value(name, FLOAT, "batch", "sequence"));
    return this;
  }

  /** An output of float32. */
  TinyOnnx output(String name, String... dimensions) {
    graph.message(12, value(name, FLOAT, dimensions));
    return this;
  }

  /** An output of int64. */
  TinyOnnx longOutput(String name, String... dimensions) {
    graph.message(12, value(name, INT64, dimensions));
    return this;
  }

  /** A constant of rows and columns. */
  TinyOnnx weights(String name, float[][] rows) {
    Message tensor = new Message().number(1, rows.length).number(1, rows[0].length);
    ByteBuffer raw =
        ByteBuffer.allocate(4 * rows.length * rows[0].length).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        raw.putFloat(value);
      }
    }
    graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
    return this;
  }

  /** A constant list of one whole number, as axes are given. */
  TinyOnnx axis(String name, long axis) {
    byte[] raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(axis).array();
    graph.message(5, new Message().number(1, 1).number(2, INT64).text(8, name).bytes(9, raw));
    return this;
  }

  /**
   * @param operator and its attributes, whole numbers: {@code "ReduceSum keepdims=0"}
   * @param inputs separated by blanks
   */
  TinyOnnx node(String operator, String inputs, String output) {
    Message node = new Message();
    for (String input : inputs.split(" ")) {
      node.text(1, input);
    }
    String[] words = operator.split(" ");
    node.text(2, output).text(4, words[0]);
    for (int i = 1; i < words.length; i++) {
      String[] attribute = words[i].split("=");
      boolean isList = attribute[0].equals("axes");
      Message value = new Message().text(1, attribute[0]);
      value.number(isList ? 8 : 3, Long.parseLong(attribute[1])).number(20, isList ? 7 : 2);
      node.message(5, value);
    }
    graph.message(1, node);
    return this;
  }

  byte[] toBytes() {
    Message opset = new Message().text(1, "").number(2, OPSET);
    return new Message().number(1, 8).message(7, graph).message(8, opset).toBytes();
  }

  private static Message value(String name, int type, String... dimensions) {
    Message shape = new Message();
    for (String dimension : dimensions) {
      shape.message(1, new Message().text(2, dimension));
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** One protobuf message. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toBytes());
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      for (; (value & ~0x7FL) != 0; value >>>= 7) {
        out.write((int) (value & 0x7F | 0x80));
      }
      out.write((int) value);
    }
  }
}
