package org.hippocamel;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between MongoDB's driver and a store: counts the commands that go by, holds them back, and
 * breaks connections. Listens on a free loopback port.
 */
public final class StoreRelay implements AutoCloseable {
  private static final int HEADER = 16;
  private static final int OP_MSG = 2013;

  /** Behind the header: flags, the kind of the section, the document's length, its field's type. */
  private static final int FIRST_NAME = HEADER + 4 + 1 + 4 + 1;

  private final int target;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> toBreak = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile String held = "";
  private volatile CountDownLatch latch = new CountDownLatch(0);

  /**
   * @param store connection string of the store
   */
  public StoreRelay(String store) {
    this.target = URI.create(store).getPort();
    try {
      listening = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  /** Connection string for a driver. */
  public String url() {
    return "mongodb://127.0.0.1:" + listening.getLocalPort() + "/?directConnection=true";
  }

  /** Commands of this name that have been sent on or held since {@link #forget}. */
  public int count(String command) {
    AtomicInteger count = counts.get(command);
    return count == null ? 0 : count.get();
  }

  public void forget() {
    counts.clear();
  }

  /** Commands of this name wait until {@link #release}. */
  public void hold(String command) {
    latch = new CountDownLatch(1);
    held = command;
  }

  /** How many are held now. */
  public int held() {
    return waiting.get();
  }

  public void release() {
    held = "";
    latch.countDown();
  }

  /** The next commands of this name break their connections, before the store hears of them. */
  public void breakNext(String command, int times) {
    toBreak.computeIfAbsent(command, name -> new AtomicInteger()).addAndGet(times);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket driver = listening.accept();
        Socket store = new Socket(InetAddress.getLoopbackAddress(), target);
        driver.setTcpNoDelay(true);
        store.setTcpNoDelay(true);
        open.add(driver);
        open.add(store);
        thread(() -> commands(driver, store));
        thread(() -> replies(store, driver));
      } catch (IOException e) {
        // closed, or the store is away: the driver sees a connection that ends
      }
    }
  }

  private void commands(Socket driver, Socket store) {
    try (driver;
        store) {
      DataInputStream in = new DataInputStream(driver.getInputStream());
      OutputStream out = store.getOutputStream();
      while (true) {
        byte[] message = message(in);
        String command = command(message);
        counts.computeIfAbsent(command, name -> new AtomicInteger()).incrementAndGet();
        AtomicInteger left = toBreak.get(command);
        if (left != null && left.getAndUpdate(now -> Math.max(0, now - 1)) > 0) {
          return;
        }
        if (command.equals(held)) {
          waiting.incrementAndGet();
          latch.await();
          waiting.decrementAndGet();
        }
        out.write(message);
      }
    } catch (EOFException | SocketException | InterruptedException ended) {
      open.remove(driver);
      open.remove(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] message(DataInputStream in) throws IOException {
    byte[] header = new byte[HEADER];
    in.readFully(header);
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    byte[] message = java.util.Arrays.copyOf(header, buffer.getInt(0));
    in.readFully(message, HEADER, message.length - HEADER);
    return message;
  }

  /** The first field's name of the first document; {@code hello} comes in an older form. */
  private static String command(byte[] message) {
    ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(12) != OP_MSG || message[HEADER + 4] != 0) {
      return "other";
    }
    int end = FIRST_NAME;
    while (message[end] != 0) {
      end++;
    }
    return new String(message, FIRST_NAME, end - FIRST_NAME, StandardCharsets.UTF_8);
  }

  private static void replies(Socket store, Socket driver) {
    try (store;
        driver) {
      InputStream in = store.getInputStream();
      in.transferTo(driver.getOutputStream());
    } catch (IOException ended) {
      // one of the two has gone
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "store-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    release();
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
