package org.hippocamel.embedded.atlas.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 16 bytes in front of every message.
 *
 * @param length of the whole message, header included
 */
record MessageHeader(int length, int requestId, int responseTo, int opCode) {
  static final int BYTES = 16;
  static final int MAX_MESSAGE_BYTES = 48_000_000;
  static final int OP_REPLY = 1;
  static final int OP_QUERY = 2004;
  static final int OP_MSG = 2013;

  static MessageHeader read(DataInputStream in) throws IOException {
    byte[] bytes = new byte[BYTES];
    in.readFully(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    MessageHeader header =
        new MessageHeader(buffer.getInt(), buffer.getInt(), buffer.getInt(), buffer.getInt());
    if (header.length < BYTES || header.length > MAX_MESSAGE_BYTES) {
      throw new ProtocolException(
          "a message of " + header.length + " bytes is above the limit of " + MAX_MESSAGE_BYTES);
    }
    return header;
  }

  byte[] readBody(DataInputStream in) throws IOException {
    byte[] body = new byte[length - BYTES];
    in.readFully(body);
    return body;
  }
}
