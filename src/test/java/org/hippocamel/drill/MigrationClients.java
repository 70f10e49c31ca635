package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that search and write all the time, and note what they are answered with and how long
 * that takes, phase by phase.
 */
final class MigrationClients {
  private static final int WRITE_PAUSE_MILLIS = 20;

  private final RestClient rest;
  private final int memories;
  private final LongAdder queries = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder empty = new LongAdder();
  private final Map<String, LongAdder> answeredBy = new ConcurrentHashMap<>();
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Map<String, Queue<Long>> micros = new ConcurrentHashMap<>();
  private final List<Future<?>> clients = new ArrayList<>();
  private final ExecutorService threads;
  private volatile String phase;
  private volatile boolean over;

  /**
   * @param memories how many there are to be asked for
   */
  MigrationClients(RestClient rest, int memories, int readers, int writers, String phase) {
    this.rest = rest;
    this.memories = memories;
    this.phase = phase;
    threads = Executors.newFixedThreadPool(Math.max(1, readers + writers));
    for (int i = 0; i < readers; i++) {
      int seed = i;
      clients.add(threads.submit(() -> read(seed)));
    }
    for (int i = 0; i < writers; i++) {
      String prefix = "w" + i + "-";
      clients.add(threads.submit(() -> write(prefix)));
    }
  }

  /** What begins now is timed under this name. */
  void phase(String name) {
    phase = name;
  }

  /** Ends all clients. */
  void stop() throws InterruptedException, ExecutionException {
    over = true;
    for (Future<?> one : clients) {
      one.get();
    }
    threads.shutdown();
  }

  private void read(int seed) {
    for (int i = seed; !over; i += 13) {
      String began = phase;
      long start = System.nanoTime();
      try {
        RestClient.Answer reply =
            rest.post(
                "/v1/search",
                RestClient.json(
                    Map.of(
                        "query",
                        MigrationDrill.text(i % memories),
                        "mode",
                        i % 2 == 0 ? "vector" : "hybrid")));
        long took = (System.nanoTime() - start) / 1_000;
        micros.computeIfAbsent(began, name -> new ConcurrentLinkedQueue<>()).add(took);
        queries.increment();
        answered(reply);
      } catch (RuntimeException e) {
        failed("not answered: " + e);
      }
    }
  }

  private void answered(RestClient.Answer reply) {
    JsonNode body = reply.json();
    if (reply.status() != 200 || body.has("degraded")) {
      failed("refused: " + reply);
      return;
    }
    answeredBy.computeIfAbsent(body.get("space").asText(), space -> new LongAdder()).increment();
    if (body.get("results").isEmpty()) {
      empty.increment();
    }
  }

  private void write(String prefix) {
    AtomicInteger number = new AtomicInteger();
    while (!over) {
      String id = prefix + number.incrementAndGet();
      try {
        RestClient.Answer reply =
            rest.post(
                "/v1/interactions",
                RestClient.json(
                    Map.of("id", id, "agent_id", "new", "text", "note " + id + " of today")));
        if (reply.status() == 201) {
          written.add("default:" + id);
        } else {
          failed("not stored: " + reply);
        }
        Thread.sleep(WRITE_PAUSE_MILLIS);
      } catch (RuntimeException e) {
        failed("not stored: " + e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void failed(String what) {
    failed.increment();
    System.out.println(what);
  }

  /** Keys of what was stored. */
  List<String> written() {
    return List.copyOf(written);
  }

  long queries() {
    return queries.sum();
  }

  /** Searches and writes that were not answered as they should be. */
  long failures() {
    return failed.sum();
  }

  long empty() {
    return empty.sum();
  }

  /** Searches answered by each space. */
  Map<String, LongAdder> answeredBy() {
    return answeredBy;
  }

  /** Searches of a phase, their median and their 99th percentile in words. */
  String latency(String name) {
    long[] all =
        micros.getOrDefault(name, new ConcurrentLinkedQueue<>()).stream()
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return all.length == 0
        ? name + ": no search"
        : "%s: %d searches, p50 %.1f ms, p99 %.1f ms"
            .formatted(
                name,
                all.length,
                all[all.length / 2] / 1e3,
                all[(int) (all.length * 99L / 100)] / 1e3);
  }
}
