package org.hippocamel.drill;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients who each post, wait for the answer and post again, on a connection of their own. Plain
 * sockets: the machine's processors are shared with what is measured.
 */
final class Crowd {
  /** Bodies by client and number of the post. */
  interface Bodies {
    String of(int client, int post);
  }

  /**
   * What the crowd met.
   *
   * @param seconds from the first post to the last answer
   * @param millis latency of every answer with a status of 2xx, sorted
   * @param refused answers with another status
   */
  record Met(double seconds, double[] millis, long refused) {
    double perSecond() {
      return millis.length / seconds;
    }

    /** Latency that this share of the answers did not exceed. */
    double at(double share) {
      return millis.length == 0
          ? Double.NaN
          : millis[(int) Math.round(share * (millis.length - 1))];
    }
  }

  private final URI url;
  private final int clients;
  private final Bodies bodies;

  Crowd(String url, int clients, Bodies bodies) {
    this.url = URI.create(url);
    this.clients = clients;
    this.bodies = bodies;
  }

  /** Posts for this long; what is on its way then is waited for. */
  Met post(double seconds) throws Exception {
    AtomicLong refused = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      long start = System.nanoTime();
      long end = start + (long) (seconds * 1e9);
      List<Future<double[]>> all = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int number = client;
        all.add(threads.submit(() -> post(number, end, refused)));
      }
      double[] millis = {};
      for (Future<double[]> one : all) {
        double[] more = one.get();
        millis = Arrays.copyOf(millis, millis.length + more.length);
        System.arraycopy(more, 0, millis, millis.length - more.length, more.length);
      }
      double took = (System.nanoTime() - start) / 1e9;
      Arrays.sort(millis);
      return new Met(took, millis, refused.get());
    } finally {
      threads.shutdown();
    }
  }

  private double[] post(int client, long end, AtomicLong refused) throws IOException {
    double[] millis = new double[1024];
    int answers = 0;
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      for (int post = 0; System.nanoTime() < end; post++) {
        long start = System.nanoTime();
        socket.getOutputStream().write(request(bodies.of(client, post)));
        if (status(in) / 100 == 2) {
          if (answers == millis.length) {
            millis = Arrays.copyOf(millis, 2 * answers);
          }
          millis[answers++] = (System.nanoTime() - start) / 1e6;
        } else {
          refused.incrementAndGet();
        }
      }
    }
    return Arrays.copyOf(millis, answers);
  }

  private byte[] request(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(url.getPath(), bytes.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, request, head.length, bytes.length);
    return request;
  }

  @SuppressWarnings("deprecation") // readLine: the head of an answer is plain ASCII
  private static int status(DataInputStream in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the server closed the connection");
    }
    int status = Integer.parseInt(line.substring(9, 12));
    int length = 0;
    for (line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    return status;
  }
}
