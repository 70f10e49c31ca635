package org.hippocamel.embedded.atlas.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import org.bson.BsonDocument;
import org.bson.io.BasicOutputBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: reads a message, answers it, reads the next. */
final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final long id;
  private final Socket socket;
  private final CallHandler handler;
  private final Runnable onClose;
  private int replies;

  Connection(long id, Socket socket, CallHandler handler, Runnable onClose) {
    this.id = id;
    this.socket = socket;
    this.handler = handler;
    this.onClose = onClose;
  }

  @Override
  public void run() {
    try (socket) {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
      OutputStream out = socket.getOutputStream();
      while (true) {
        answer(MessageHeader.read(in), in, out);
      }
    } catch (EOFException | SocketException closed) {
      LOG.trace("connection {} ended", id);
    } catch (ProtocolException e) {
      LOG.warn("connection {} closed: {}", id, e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("connection {} closed, its bytes are no message: {}", id, e.toString());
    } catch (IOException e) {
      LOG.warn("connection {} failed: {}", id, e.toString());
    } finally {
      onClose.run();
    }
  }

  private void answer(MessageHeader header, DataInputStream in, OutputStream out)
      throws IOException {
    byte[] body = header.readBody(in);
    BasicOutputBuffer reply = new BasicOutputBuffer();
    switch (header.opCode()) {
      case MessageHeader.OP_MSG ->
          OpMsg.write(reply, ++replies, header.requestId(), handle(OpMsg.read(body)));
      case MessageHeader.OP_QUERY -> {
        Call call = OpQuery.read(body);
        BsonDocument answer = OpQuery.isHello(call) ? handle(call) : OpQuery.refusal(call);
        OpQuery.write(reply, ++replies, header.requestId(), answer);
      }
      default -> throw new ProtocolException("unsupported operation code " + header.opCode());
    }
    out.write(reply.getInternalBuffer(), 0, reply.getPosition());
    out.flush();
  }

  private BsonDocument handle(Call call) {
    return handler.handle(call, id);
  }

  void close() throws IOException {
    socket.close();
  }
}
