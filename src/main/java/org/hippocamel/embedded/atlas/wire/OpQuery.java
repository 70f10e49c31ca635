package org.hippocamel.embedded.atlas.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.io.BasicOutputBuffer;

/** The old OP_QUERY, in which drivers still send their very first hello, and its OP_REPLY. */
final class OpQuery {
  private OpQuery() {}

  static Call read(byte[] message) throws ProtocolException {
    ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    buffer.getInt(); // flags
    String collection = OpMsg.cstring(buffer);
    buffer.getInt(); // number to skip
    buffer.getInt(); // number to return
    BsonDocument query = OpMsg.document(buffer).decode(new BsonDocumentCodec());
    String database = collection.substring(0, Math.max(0, collection.indexOf('.')));
    query.append("$db", new BsonString(database));
    return new Call(query, Map.of());
  }

  static boolean isHello(Call call) {
    String command = call.body().getFirstKey();
    return command.equalsIgnoreCase("ismaster") || command.equals("hello");
  }

  static BsonDocument refusal(Call call) {
    return new BsonDocument("ok", new BsonDouble(0))
        .append(
            "errmsg",
            new BsonString(
                "Unsupported OP_QUERY command: "
                    + call.body().getFirstKey()
                    + ". The client driver may require an upgrade."))
        .append("code", new BsonInt32(352))
        .append("codeName", new BsonString("UnsupportedOpQueryCommand"));
  }

  static void write(BasicOutputBuffer out, int requestId, int responseTo, BsonDocument reply) {
    int start = out.getPosition();
    out.writeInt32(0);
    out.writeInt32(requestId);
    out.writeInt32(responseTo);
    out.writeInt32(MessageHeader.OP_REPLY);
    out.writeInt32(8); // flags: await capable
    out.writeInt64(0); // cursor
    out.writeInt32(0); // starting from
    out.writeInt32(1); // number returned
    OpMsg.writeDocument(out, reply);
    out.writeInt32(start, out.getPosition() - start);
  }
}
