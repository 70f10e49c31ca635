package org.hippocamel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.RestRegistry.RestService;

/**
 * How long requests took from their first line to the last byte of the answer, standing in line
 * included: {@code hippocamel_http_request_seconds} by operation and status. An operation is a
 * method and a path of the contract, never a path that somebody made up.
 */
final class HttpMeters {
  /** Instead of an operation: none of the contract was asked for. */
  private static final String OTHER = "other";

  /** Instead of a status: the caller had gone. */
  static final String GONE = "gone";

  private final MeterRegistry registry;
  private final List<Operation> operations;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  private record Operation(String name, String method, PathTemplate path) {}

  HttpMeters(MeterRegistry registry, List<RestService> services) {
    this.registry = registry;
    this.operations = services.stream().map(HttpMeters::operation).toList();
  }

  private static Operation operation(RestService service) {
    PathTemplate path = PathTemplate.of(service);
    String method = service.getMethod().toUpperCase(java.util.Locale.ROOT);
    return new Operation(method + " " + path.template(), method, path);
  }

  /** Shows how many requests are worked on and how many wait. */
  void show(Places places, int limit) {
    Gauge.builder("hippocamel.http.requests.inside", places, Places::inside)
        .description("Requests to /v1 that are worked on")
        .register(registry);
    Gauge.builder("hippocamel.http.requests.in.line", places, Places::inLine)
        .description("Requests to /v1 that wait for a place")
        .register(registry);
    Gauge.builder("hippocamel.http.requests.limit", () -> limit)
        .description("Requests to /v1 that may be inside at once, those in line included")
        .register(registry);
  }

  /**
   * Notes an answer.
   *
   * @param status HTTP status, or {@link #GONE}
   */
  void answered(String method, String path, String status, long nanos) {
    String operation = name(method, path);
    timers
        .computeIfAbsent(operation + " " + status, key -> timer(operation, status))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String operation, String status) {
    return Timer.builder("hippocamel.http.request")
        .tag("operation", operation)
        .tag("status", status)
        .description("Time from a request's first line to the end of its answer")
        .serviceLevelObjectives(Buckets.LATENCY)
        .register(registry);
  }

  private String name(String method, String path) {
    return operations.stream()
        .filter(operation -> operation.method().equals(method) && operation.path().matches(path))
        .map(Operation::name)
        .findFirst()
        .orElse(OTHER);
  }
}
