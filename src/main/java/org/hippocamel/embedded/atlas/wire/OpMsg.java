package org.hippocamel.embedded.atlas.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** OP_MSG, the one message of today's drivers: flags, then sections of kind 0 and 1. */
final class OpMsg {
  private static final int CHECKSUM_PRESENT = 1;
  private static final int MORE_TO_COME = 1 << 1;
  private static final int REQUIRED_FLAGS = 0xffff;
  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private OpMsg() {}

  static Call read(byte[] message) throws ProtocolException {
    ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    int flags = buffer.getInt();
    if ((flags & MORE_TO_COME) != 0) {
      throw new ProtocolException(
          "unacknowledged writes (w: 0) are not supported: use w: 1 or w: 'majority'");
    }
    if ((flags & REQUIRED_FLAGS & ~CHECKSUM_PRESENT) != 0) {
      throw new ProtocolException("unknown OP_MSG flags " + Integer.toHexString(flags));
    }
    int end = message.length - ((flags & CHECKSUM_PRESENT) != 0 ? 4 : 0);
    buffer.limit(end);
    return sections(buffer);
  }

  private static Call sections(ByteBuffer buffer) throws ProtocolException {
    BsonDocument body = null;
    Map<String, List<RawBsonDocument>> sequences = new HashMap<>();
    while (buffer.hasRemaining()) {
      byte kind = buffer.get();
      if (kind == 0 && body == null) {
        body = document(buffer).decode(CODEC);
      } else if (kind == 1) {
        int end = buffer.position() + buffer.getInt();
        sequences.put(cstring(buffer), documents(buffer, end));
      } else {
        throw new ProtocolException("unexpected OP_MSG section of kind " + kind);
      }
    }
    if (body == null) {
      throw new ProtocolException("OP_MSG without a section of kind 0");
    }
    return new Call(body, sequences);
  }

  private static List<RawBsonDocument> documents(ByteBuffer buffer, int end)
      throws ProtocolException {
    List<RawBsonDocument> documents = new ArrayList<>();
    while (buffer.position() < end) {
      documents.add(document(buffer));
    }
    return documents;
  }

  static String cstring(ByteBuffer buffer) {
    int start = buffer.position();
    while (buffer.get() != 0) {
      continue;
    }
    int length = buffer.position() - start - 1;
    return new String(buffer.array(), start, length, StandardCharsets.UTF_8);
  }

  /** A view on the message's bytes, which are not copied. */
  static RawBsonDocument document(ByteBuffer buffer) throws ProtocolException {
    int start = buffer.position();
    int length = buffer.remaining() < 5 ? -1 : buffer.getInt(start);
    if (length < 5 || length > buffer.remaining() || buffer.get(start + length - 1) != 0) {
      throw new ProtocolException("a document of " + length + " bytes does not fit its message");
    }
    buffer.position(start + length);
    return new RawBsonDocument(buffer.array(), start, length);
  }

  static void write(BasicOutputBuffer out, int requestId, int responseTo, BsonDocument reply) {
    int start = out.getPosition();
    out.writeInt32(0);
    out.writeInt32(requestId);
    out.writeInt32(responseTo);
    out.writeInt32(MessageHeader.OP_MSG);
    out.writeInt32(0);
    out.writeByte(0);
    writeDocument(out, reply);
    out.writeInt32(start, out.getPosition() - start);
  }

  static void writeDocument(BasicOutputBuffer out, BsonDocument document) {
    BsonBinaryWriter writer = new BsonBinaryWriter(out);
    CODEC.encode(writer, document, EncoderContext.builder().build());
    writer.flush();
  }
}
