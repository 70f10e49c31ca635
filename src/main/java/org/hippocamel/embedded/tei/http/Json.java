package org.hippocamel.embedded.tei.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes bodies. */
final class Json {
  /** The fast writer prints the shortest text of a float on every JDK, and quicker. */
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  interface Body {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private Json() {}

  static byte[] write(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** An array of numbers. */
  static void vector(JsonGenerator json, float[] vector) throws IOException {
    json.writeStartArray();
    for (float value : vector) {
      number(json, value);
    }
    json.writeEndArray();
  }

  /** An array of arrays of numbers. */
  static void vectors(JsonGenerator json, List<float[]> vectors) throws IOException {
    json.writeStartArray();
    for (float[] vector : vectors) {
      vector(json, vector);
    }
    json.writeEndArray();
  }

  /** A number; null if it is not finite, as the reference's writer does. */
  static void number(JsonGenerator json, float value) throws IOException {
    if (Float.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /** Little-endian float32 as base64, four bytes per dimension. */
  static void base64(JsonGenerator json, float[] vector) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    json.writeBinary(bytes.array());
  }
}
