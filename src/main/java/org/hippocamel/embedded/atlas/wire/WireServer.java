package org.hippocamel.embedded.atlas.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a loopback address; every connection has a thread of its own until it ends. */
public final class WireServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);
  private static final int CLOSE_SECONDS = 10;

  private final ServerSocket server;
  private final CallHandler handler;
  private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong threads = new AtomicLong();
  private final ExecutorService executor = Executors.newCachedThreadPool(this::thread);

  private WireServer(ServerSocket server, CallHandler handler) {
    this.server = server;
    this.handler = handler;
  }

  /** Port 0 takes a free one. */
  public static WireServer start(InetAddress address, int port, CallHandler handler) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      WireServer server = new WireServer(socket, handler);
      server.executor.execute(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on " + address.getHostAddress() + " port " + port, e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "atlas-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        serve(server.accept());
      } catch (IOException | RejectedExecutionException e) {
        if (!server.isClosed()) {
          LOG.warn("a connection could not be accepted: {}", e.toString());
        }
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    long id = ids.incrementAndGet();
    Connection connection = new Connection(id, socket, handler, () -> connections.remove(id));
    connections.put(id, connection);
    executor.execute(connection);
  }

  /** Stops listening, ends every connection, and waits for commands that are under way. */
  @Override
  public void close() {
    try {
      server.close();
      for (Connection connection : connections.values()) {
        connection.close();
      }
      executor.shutdown();
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("connections were still busy {} s after close", CLOSE_SECONDS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
