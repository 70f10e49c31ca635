package org.hippocamel.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A kept-alive connection of one client, by plain blocking sockets: the cheapest client that can
 * speak TLS, for what the client costs is taken from the server that is measured beside it. Repeats
 * nothing. For one thread.
 */
final class LoadConnection implements AutoCloseable {
  private final Endpoint endpoint;
  private final int timeoutMillis;
  private volatile Socket socket;
  private InputStream in;
  private boolean aborted;

  /** An answer's status and body. */
  record Answer(int status, byte[] body) {
    /** The beginning of the body, for a message. */
    String said() {
      String text = new String(body, StandardCharsets.UTF_8).strip();
      return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
  }

  LoadConnection(Endpoint endpoint, Duration timeout) {
    this.endpoint = endpoint;
    this.timeoutMillis = Math.toIntExact(timeout.toMillis());
  }

  /** Posts JSON to a route; connects where it must. The answer is to be {@link #receive}d next. */
  void post(String route, byte[] body) throws IOException {
    request("POST", route, "content-type: application/json\r\n", body);
  }

  void get(String route) throws IOException {
    request("GET", route, "", new byte[0]);
  }

  private void request(String method, String route, String type, byte[] body) throws IOException {
    OutputStream out = connected().getOutputStream();
    String key = endpoint.apiKey();
    String host = endpoint.url().getHost() + ":" + endpoint.port();
    String head =
        method
            + (" " + endpoint.path(route) + " HTTP/1.1\r\nhost: " + host + "\r\n")
            + (key == null ? "" : "authorization: Bearer " + key + "\r\n")
            + type
            + ("content-length: " + body.length + "\r\n\r\n");
    byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[first.length + body.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    out.write(whole); // in one piece: two would wait for each other
  }

  private Socket connected() throws IOException {
    Socket current = socket;
    return current == null ? connect() : current;
  }

  private Socket connect() throws IOException {
    Socket plain = new Socket();
    keep(plain);
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(timeoutMillis);
    plain.connect(new InetSocketAddress(endpoint.url().getHost(), endpoint.port()), timeoutMillis);
    Socket opened = plain;
    if (endpoint.secure()) {
      SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
      SSLSocket secured =
          (SSLSocket) factory.createSocket(plain, endpoint.url().getHost(), endpoint.port(), true);
      var parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      keep(secured);
      opened = secured;
    }
    in = new BufferedInputStream(opened.getInputStream(), 16_384);
    return opened;
  }

  /**
   * Waits for the answer to what was sent last.
   *
   * @throws IOException when there is none within the timeout, or it ends early
   */
  Answer receive() throws IOException {
    HttpHead head = HttpHead.read(in);
    if (head == null) {
      throw new EOFException("the connection was closed in place of an answer");
    }
    String[] parts = head.first().split(" ");
    if (parts.length < 2 || !parts[1].matches("\\d{3}")) {
      throw new IOException("no HTTP answer: " + head.first());
    }
    boolean open =
        head.header("content-length").isEmpty() && head.header("transfer-encoding").isEmpty();
    byte[] body = open && head.last() ? in.readAllBytes() : head.body(in);
    if (head.last()) {
      close();
    }
    return new Answer(Integer.parseInt(parts[1]), body);
  }

  private synchronized void keep(Socket opened) throws IOException {
    socket = opened;
    if (aborted) {
      opened.close();
    }
  }

  /** Ends what another thread does with it, now and later, with an {@link IOException}. */
  synchronized void abort() {
    aborted = true;
    close();
  }

  /** The next request opens another one. */
  @Override
  public synchronized void close() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // it is gone either way
      }
      socket = null;
    }
  }
}
