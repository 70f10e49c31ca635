package org.hippocamel.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * HTTP/1.1 on loopback with a thread for each connection. Of its own because the faults that are
 * worth trying happen below a server library: a reset in place of an answer, a kept-alive
 * connection that is closed without a word.
 */
final class StubServer implements AutoCloseable {
  /** Answers requests, from many threads at once. */
  interface Handler {
    HttpReply answer(HttpCall call) throws InterruptedException;
  }

  /** More wait in the backlog until one of them ends. */
  private static final int MAX_CONNECTIONS = 1_024;

  private final ServerSocket listener;
  private final Handler handler;
  private final Runnable connected;
  private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "stub-tei");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param port 0 for a free one
   * @param connected told of each accepted connection
   * @throws UncheckedIOException when the port cannot be had
   */
  StubServer(int port, Handler handler, Runnable connected) {
    this.handler = handler;
    this.connected = connected;
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1_024);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " cannot be had: " + e.getMessage(), e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        room.acquire();
        Socket socket = listener.accept();
        open.add(socket);
        connected.run();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        HttpCall call = HttpCall.read(in, out);
        if (call == null || !answered(socket, call, handler.answer(call), out)) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone or this server is being closed: there is nobody to tell.
    } finally {
      open.remove(socket);
      room.release();
    }
  }

  private static boolean answered(Socket socket, HttpCall call, HttpReply reply, OutputStream out)
      throws IOException {
    switch (reply.ending()) {
      case RESET -> socket.setSoLinger(true, 0);
      case KEPT, CLOSED_AFTER -> reply.write(out);
      case DROPPED -> {}
    }
    return reply.ending() == HttpReply.Ending.KEPT && !call.last();
  }

  /** Closes the port and all connections. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
