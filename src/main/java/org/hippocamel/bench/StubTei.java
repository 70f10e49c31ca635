package org.hippocamel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scripted TEI for route tests: the wire shapes of the real one, vectors that are only a hash of
 * the text, and failures on command. Thread-safe; starts in the constructor on a free loopback
 * port.
 *
 * <p>Calls are served one at a time for {@code serviceMillis} each, like a TEI with one device. A
 * status of 0 in the failure methods means: drop the connection without an answer.
 */
public final class StubTei implements AutoCloseable {
  static {
    // Without this every small answer on a kept-alive connection waits 40 ms for Nagle's algorithm.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * @param dimensions length of every vector
   * @param modelId reported by {@code /info}
   * @param serviceMillis time the "device" is busy with one embedding call
   * @param maxClientBatchSize texts per call, more is answered 422
   * @param maxConcurrentRequests texts in flight, more is answered 429
   */
  public record Options(
      int dimensions,
      String modelId,
      int serviceMillis,
      int maxClientBatchSize,
      int maxConcurrentRequests) {
    public static Options defaults() {
      return new Options(384, "BAAI/bge-small-en-v1.5", 0, 32, 512);
    }

    public Options withDimensions(int value) {
      return new Options(value, modelId, serviceMillis, maxClientBatchSize, maxConcurrentRequests);
    }

    public Options withModelId(String value) {
      return new Options(
          dimensions, value, serviceMillis, maxClientBatchSize, maxConcurrentRequests);
    }

    public Options withServiceMillis(int value) {
      return new Options(dimensions, modelId, value, maxClientBatchSize, maxConcurrentRequests);
    }

    public Options withMaxClientBatchSize(int value) {
      return new Options(dimensions, modelId, serviceMillis, value, maxConcurrentRequests);
    }

    public Options withMaxConcurrentRequests(int value) {
      return new Options(dimensions, modelId, serviceMillis, maxClientBatchSize, value);
    }
  }

  /**
   * One call of {@code /embed} or {@code /v1/embeddings}, as it arrived.
   *
   * @param headers names in lower case, first value of each
   */
  public record Call(String path, List<String> texts, Map<String, String> headers, JsonNode body) {}

  private record Failure(int status, String body) {}

  private record TextFailure(Predicate<String> text, Failure failure) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");
  private static final int MAX_TOKENS = 512;

  private final Options options;
  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<Failure> nextFailures = Collections.synchronizedList(new ArrayList<>());
  private final List<TextFailure> textFailures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();
  private final ReentrantLock device = new ReentrantLock(true);
  private volatile Semaphore permits;
  private volatile long delayMillis;
  private int port;
  private HttpServer server;
  private ExecutorService threads;

  public StubTei() {
    this(Options.defaults());
  }

  public StubTei(Options options) {
    this.options = options;
    this.permits = new Semaphore(options.maxConcurrentRequests());
    listen();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The vector this stub gives for a text: unit length, the same in every run. */
  public static float[] vector(String text, int dimensions) {
    Random random = new Random(text.hashCode() * 31L + text.length());
    float[] vector = new float[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextGaussian();
      squares += (double) vector[i] * vector[i];
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < dimensions; i++) {
      vector[i] *= scale;
    }
    return vector;
  }

  /** The next {@code n} embedding calls are answered with this status and body. */
  public void failNext(int n, int status, String body) {
    for (int i = 0; i < n; i++) {
      nextFailures.add(new Failure(status, body));
    }
  }

  /** Every embedding call that holds a matching text fails as a whole, until {@link #heal}. */
  public void fail(Predicate<String> text, int status, String body) {
    textFailures.add(new TextFailure(text, new Failure(status, body)));
  }

  /** Forgets all failures and the delay. */
  public void heal() {
    nextFailures.clear();
    textFailures.clear();
    delayMillis = 0;
  }

  /** Every embedding call waits this long, side by side, before the device serves it. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Embedding calls so far, failed ones included. */
  public List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  public void forgetCalls() {
    calls.clear();
    maxInFlight.set(0);
  }

  /** The largest number of texts that were being served at one moment. */
  public int maxTextsInFlight() {
    return maxInFlight.get();
  }

  /** Closes the port and all connections; {@link #restartOnSamePort} brings it back. */
  public void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  public void restartOnSamePort() {
    permits = new Semaphore(options.maxConcurrentRequests());
    inFlight.set(0);
    listen();
  }

  @Override
  public void close() {
    stop();
  }

  private void listen() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " cannot be bound", e);
    }
    port = server.getAddress().getPort();
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "stub-tei");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::route);
    server.start();
  }

  private void route(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestURI().getPath()) {
        case "/health", "/ping", "/" -> send(exchange, 200, "");
        case "/info" -> send(exchange, 200, info().toString());
        case "/tokenize" -> send(exchange, 200, tokenize(JSON.readTree(body)).toString());
        case "/embed" -> embed(exchange, JSON.readTree(body), "inputs", false);
        case "/v1/embeddings", "/embeddings" -> embed(exchange, JSON.readTree(body), "input", true);
        default -> send(exchange, 404, "");
      }
    }
  }

  private ObjectNode info() {
    ObjectNode info = JSON.createObjectNode();
    info.put("model_id", options.modelId()).putNull("model_sha").put("model_dtype", "float32");
    info.put("served_model_name", options.modelId());
    info.putObject("model_type").putObject("embedding").put("pooling", "cls");
    info.put("max_concurrent_requests", options.maxConcurrentRequests());
    info.put("max_input_length", MAX_TOKENS).put("max_batch_tokens", 16384);
    info.put("max_batch_requests", 8).put("max_client_batch_size", options.maxClientBatchSize());
    info.put("auto_truncate", true).put("tokenization_workers", 1).put("version", "1.9.3");
    return info.putNull("sha").put("docker_label", "stub");
  }

  private ArrayNode tokenize(JsonNode request) {
    ArrayNode all = JSON.createArrayNode();
    boolean specials = request.path("add_special_tokens").asBoolean(true);
    for (String text : texts(request.path("inputs"))) {
      ArrayNode tokens = all.addArray();
      if (specials) {
        token(tokens, 101, "[CLS]", true).putNull("start").putNull("stop");
      }
      for (Matcher m = TOKEN.matcher(text); m.find(); ) {
        int start = text.substring(0, m.start()).getBytes(StandardCharsets.UTF_8).length;
        int length = m.group().getBytes(StandardCharsets.UTF_8).length;
        int id = 1000 + Math.floorMod(m.group().hashCode(), 29000);
        token(tokens, id, m.group(), false).put("start", start).put("stop", start + length);
      }
      if (specials) {
        token(tokens, 102, "[SEP]", true).putNull("start").putNull("stop");
      }
    }
    return all;
  }

  private static ObjectNode token(ArrayNode tokens, int id, String text, boolean special) {
    return tokens.addObject().put("id", id).put("text", text).put("special", special);
  }

  private void embed(HttpExchange exchange, JsonNode request, String field, boolean openAi)
      throws IOException {
    List<String> texts = texts(request.path(field));
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
    calls.add(new Call(exchange.getRequestURI().getPath(), texts, headers, request));
    Semaphore taken = permits;
    if (!taken.tryAcquire(texts.size())) {
      error(exchange, openAi, 429, "Overloaded", "Model is overloaded");
      return;
    }
    maxInFlight.accumulateAndGet(inFlight.addAndGet(texts.size()), Math::max);
    try {
      serve(exchange, request, texts, openAi);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.addAndGet(-texts.size());
      taken.release(texts.size());
    }
  }

  private void serve(HttpExchange exchange, JsonNode request, List<String> texts, boolean openAi)
      throws IOException, InterruptedException {
    Thread.sleep(delayMillis);
    device.lockInterruptibly();
    try {
      Thread.sleep(options.serviceMillis());
    } finally {
      device.unlock();
    }
    Failure failure = failureOf(texts);
    if (failure != null) {
      send(exchange, failure.status(), failure.body());
    } else if (texts.size() > options.maxClientBatchSize()) {
      String limit = " > maximum allowed batch size " + options.maxClientBatchSize();
      error(exchange, openAi, 422, "Validation", "batch size " + texts.size() + limit);
    } else if (texts.isEmpty() || texts.contains("")) {
      error(exchange, openAi, 400, "Empty", "Input validation error: `inputs` cannot be empty");
    } else if (tooLong(request, texts) > 0) {
      String given = "`inputs` must have less than 512 tokens. Given: " + tooLong(request, texts);
      error(exchange, openAi, 422, "Validation", "Input validation error: " + given);
    } else {
      send(exchange, 200, (openAi ? openAiAnswer(request, texts) : vectors(texts)).toString());
    }
  }

  private Failure failureOf(List<String> texts) {
    synchronized (nextFailures) {
      if (!nextFailures.isEmpty()) {
        return nextFailures.remove(0);
      }
    }
    synchronized (textFailures) {
      return textFailures.stream()
          .filter(rule -> texts.stream().anyMatch(rule.text()))
          .map(TextFailure::failure)
          .findFirst()
          .orElse(null);
    }
  }

  private static int tooLong(JsonNode request, List<String> texts) {
    if (request.path("truncate").asBoolean(true)) {
      return 0;
    }
    int longest = texts.stream().mapToInt(StubTei::tokens).max().orElse(0);
    return longest > MAX_TOKENS ? longest : 0;
  }

  private static int tokens(String text) {
    return 2 + (int) TOKEN.matcher(text).results().count();
  }

  private ArrayNode vectors(List<String> texts) {
    ArrayNode all = JSON.createArrayNode();
    for (String text : texts) {
      floats(all.addArray(), text);
    }
    return all;
  }

  private void floats(ArrayNode target, String text) {
    for (float value : vector(text, options.dimensions())) {
      target.add(value);
    }
  }

  private ObjectNode openAiAnswer(JsonNode request, List<String> texts) {
    ObjectNode answer = JSON.createObjectNode().put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (String text : texts) {
      ObjectNode item = data.addObject().put("object", "embedding");
      if (request.path("encoding_format").asText().equals("base64")) {
        item.put("embedding", base64(vector(text, options.dimensions())));
      } else {
        floats(item.putArray("embedding"), text);
      }
      item.put("index", data.size() - 1);
    }
    int tokens = texts.stream().mapToInt(text -> Math.min(MAX_TOKENS, tokens(text))).sum();
    answer.put("model", options.modelId());
    answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return answer;
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static List<String> texts(JsonNode inputs) {
    if (inputs.isTextual()) {
      return List.of(inputs.asText());
    }
    List<String> texts = new ArrayList<>();
    inputs.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static void error(
      HttpExchange exchange, boolean openAi, int status, String kind, String message)
      throws IOException {
    ObjectNode body = JSON.createObjectNode();
    if (openAi) {
      body.put("message", message).put("code", status).put("type", kind);
    } else {
      body.put("error", message).put("error_type", kind);
    }
    send(exchange, status, body.toString());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    if (status == 0) {
      return; // closing the exchange without headers drops the connection
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean json = body.startsWith("{") || body.startsWith("[");
    String type = json ? "application/json" : "text/plain; charset=utf-8";
    exchange.getResponseHeaders().set("content-type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
