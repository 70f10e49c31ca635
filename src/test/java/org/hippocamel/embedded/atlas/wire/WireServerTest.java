package org.hippocamel.embedded.atlas.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a driver does not send, but a wire may carry. */
class WireServerTest {
  private WireServer server;
  private Socket socket;

  @BeforeEach
  void start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server =
        WireServer.start(
            loopback,
            0,
            (call, connection) ->
                new BsonDocument("fields", new BsonInt32(call.body().size()))
                    .append("beside", new BsonInt32(call.sequences().size())));
    socket = new Socket(loopback, server.port());
    socket.setSoTimeout(10_000);
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    server.close();
  }

  private static byte[] bson(String json) {
    BasicOutputBuffer out = new BasicOutputBuffer();
    OpMsg.writeDocument(out, BsonDocument.parse(json));
    return out.toByteArray();
  }

  private void send(int opCode, byte[]... parts) throws IOException {
    int length = MessageHeader.BYTES;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(length).putInt(7).putInt(0).putInt(opCode);
    for (byte[] part : parts) {
      message.put(part);
    }
    socket.getOutputStream().write(message.array());
  }

  private static byte[] integer(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** The reply's document, which stands at the end of its message. */
  private BsonDocument reply(int offset) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    MessageHeader header = MessageHeader.read(in);
    assertEquals(7, header.responseTo());
    byte[] body = header.readBody(in);
    return new RawBsonDocument(body, offset, body.length - offset).decode(new BsonDocumentCodec());
  }

  @Test
  void opMsg_withSequenceAndChecksum() throws IOException {
    byte[] name = "documents\0".getBytes(StandardCharsets.UTF_8);
    byte[] document = bson("{_id: 1}");
    send(
        MessageHeader.OP_MSG,
        integer(1),
        new byte[] {1},
        integer(4 + name.length + 2 * document.length),
        name,
        document,
        document,
        new byte[] {0},
        bson("{insert: 'c', ordered: true}"),
        integer(0x12345678));
    assertEquals(BsonDocument.parse("{fields: 2, beside: 1}"), reply(5));
  }

  @Test
  void opQuery_answersHelloAndRefusesTheRest() throws IOException {
    byte[] name = "admin.$cmd\0".getBytes(StandardCharsets.UTF_8);
    send(MessageHeader.OP_QUERY, integer(0), name, integer(0), integer(-1), bson("{isMaster: 1}"));
    assertEquals(BsonDocument.parse("{fields: 2, beside: 0}"), reply(20));
    send(MessageHeader.OP_QUERY, integer(0), name, integer(0), integer(-1), bson("{find: 'c'}"));
    assertEquals(352, reply(20).getInt32("code").getValue());
  }

  @Test
  void opMsg_thatWantsNoReplyEndsTheConnection() throws IOException {
    send(MessageHeader.OP_MSG, integer(2), new byte[] {0}, bson("{insert: 'c'}"));
    assertEquals(-1, socket.getInputStream().read());
  }

  @Test
  void garbage_endsTheConnectionAndNoOther() throws IOException {
    send(MessageHeader.OP_MSG, integer(0), new byte[] {0}, integer(1_000_000));
    assertEquals(-1, socket.getInputStream().read());
    for (byte[] garbage : new byte[][] {integer(-5), integer(100_000_000), integer(16)}) {
      try (Socket other = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        other.getOutputStream().write(garbage);
        other.getOutputStream().write(new byte[12]);
        other.shutdownOutput();
        assertEquals(-1, other.getInputStream().read());
      }
    }
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket = other;
      send(MessageHeader.OP_MSG, integer(0), new byte[] {0}, bson("{ping: 1}"));
      assertEquals(1, reply(5).getInt32("fields").getValue());
    }
  }

  @Test
  void close_endsOpenConnections() throws IOException {
    send(MessageHeader.OP_MSG, integer(0), new byte[] {0}, bson("{ping: 1}"));
    reply(5);
    server.close();
    assertEquals(-1, socket.getInputStream().read());
    assertThrows(
        IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }
}
