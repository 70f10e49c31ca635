package org.hippocamel.bench;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * One workload on one server: a thread for each client, warm-up, then the measured time. Used once.
 *
 * <p>Latency is that of all rounds that begin within the measured time, also of those that end
 * after it, so that slow ones are not left out; throughput counts the texts answered within it.
 * Nothing is corrected: clients that wait for a stalled server ask nothing meanwhile, and a stall
 * is one value for each of them.
 */
final class Load {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** After a failure; a client that asks again at once would only heat the room. */
  private static final long PAUSE_MILLIS = 100;

  private final Endpoint endpoint;
  private final Probe probe;
  private final Workload workload;
  private final BenchPlan plan;
  private final LoadTexts texts;
  private final List<Integer> pieces;
  private final List<Client> clients;
  private final Histogram micros = new ConcurrentHistogram(3);
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final Map<String, String> examples = new ConcurrentHashMap<>();
  private final LongAdder textsInTime = new LongAdder();
  private final LongAdder clientNanos = new LongAdder();
  private final CountDownLatch stop = new CountDownLatch(1);
  private long from;
  private long to;

  Load(Endpoint endpoint, Probe probe, Workload workload, BenchPlan plan, LoadTexts texts) {
    this.endpoint = endpoint;
    this.probe = probe;
    this.workload = workload;
    this.plan = plan;
    this.texts = texts;
    this.pieces = pieces(workload.texts(), probe.maxTexts());
    this.clients = Stream.generate(Client::new).limit(workload.clients()).toList();
  }

  /** As few requests as the server takes, of about the same size. */
  static List<Integer> pieces(int texts, int maxTexts) {
    int requests = (texts - 1) / maxTexts + 1;
    return IntStream.range(0, requests).map(i -> (texts + i) / requests).boxed().toList();
  }

  /** Returns after the measured time, and when every client has its last answer. */
  Measured run() throws InterruptedException {
    from = System.nanoTime() + plan.warmUp().toNanos();
    to = from + plan.measured().toNanos();
    List<Thread> threads = new ArrayList<>();
    for (Client client : clients) {
      Thread thread = new Thread(client, "bench-client");
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = plan.measured().toNanos() / 1e9;
    SortedMap<String, Long> counted =
        errors.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> e.getValue().sum(), Long::sum, TreeMap::new));
    return new Measured(
        endpoint.name(),
        workload,
        pieces.size(),
        micros.getTotalCount(),
        textsInTime.sum() / seconds,
        Measured.Latency.of(micros),
        counted,
        new TreeMap<>(examples),
        clientNanos.sum() / 1e9 / seconds);
  }

  /** Ends all clients at once; {@link #run} returns what there is. */
  void stop() {
    stop.countDown();
    clients.forEach(Client::abort);
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  /** A client with a connection for each of its requests. */
  private final class Client implements Runnable {
    private final List<LoadConnection> connections =
        pieces.stream().map(piece -> new LoadConnection(endpoint, plan.timeout())).toList();

    @Override
    public void run() {
      long used = 0;
      boolean measured = false;
      while (!stopped() && !(measured && System.nanoTime() >= to)) {
        List<byte[]> bodies = pieces.stream().map(this::body).toList();
        long begin = System.nanoTime();
        if (!measured && begin >= from) {
          measured = true;
          used = THREADS.getCurrentThreadCpuTime();
        }
        String error = round(bodies);
        if (!stopped()) {
          count(begin, System.nanoTime(), error);
        }
        if (error != null) {
          pause();
        }
      }
      if (measured) {
        clientNanos.add(THREADS.getCurrentThreadCpuTime() - used);
      }
      connections.forEach(LoadConnection::close);
    }

    private void count(long begin, long end, String error) {
      if (error == null && end >= from && end < to) {
        textsInTime.add(workload.texts());
      }
      if (begin >= from && error == null) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(end - begin));
      } else if (begin >= from) {
        errors.computeIfAbsent(error, kind -> new LongAdder()).increment();
      }
    }

    /** Sends all requests, then reads all answers; null when all is well, else the first error. */
    private String round(List<byte[]> bodies) {
      String error = null;
      boolean[] sent = new boolean[pieces.size()];
      for (int i = 0; i < pieces.size(); i++) {
        try {
          connections.get(i).post(EmbeddingsWire.ROUTE, bodies.get(i));
          sent[i] = true;
        } catch (IOException e) {
          error = error == null ? lost(connections.get(i), e) : error;
        }
      }
      for (int i = 0; i < pieces.size(); i++) {
        String failed = sent[i] ? received(connections.get(i), pieces.get(i)) : null;
        error = error == null ? failed : error;
      }
      return error;
    }

    private byte[] body(int size) {
      List<String> some = IntStream.range(0, size).mapToObj(i -> texts.next()).toList();
      return EmbeddingsWire.request(some, plan.format(), endpoint.model());
    }

    private String received(LoadConnection connection, int size) {
      try {
        LoadConnection.Answer answer = connection.receive();
        if (answer.status() != 200) {
          return error("" + answer.status(), answer.said());
        }
        return checked(answer.body(), size);
      } catch (IOException e) {
        return lost(connection, e);
      }
    }

    private String checked(byte[] body, int size) {
      try {
        EmbeddingsWire.Vectors vectors = EmbeddingsWire.vectors(body);
        if (vectors.count() == size && vectors.dimension() == probe.dimension()) {
          return null;
        }
        return error(
            "wrong answer",
            vectors.count() + " vectors of " + vectors.dimension() + " numbers for " + size);
      } catch (IOException e) {
        return error("wrong answer", e.getMessage());
      }
    }

    private String lost(LoadConnection connection, IOException e) {
      connection.close();
      String kind = "connection lost";
      if (e instanceof SocketTimeoutException) {
        kind = "timeout";
      } else if (e instanceof ConnectException) {
        kind = "connection refused";
      }
      return error(kind, e instanceof EOFException ? e.getMessage() : e.toString());
    }

    private String error(String kind, String said) {
      examples.putIfAbsent(kind, String.valueOf(said));
      return kind;
    }

    private void pause() {
      try {
        stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void abort() {
      connections.forEach(LoadConnection::abort);
    }
  }
}
