package org.hippocamel.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Stands before a scripted TEI: sees which texts are tokenised, and changes what is asked and
 * answered, as servers do that are almost a TEI.
 */
final class TeiFront implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> tokenized = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String behind;
  private final HttpServer server;
  private volatile boolean tokenizes;
  private volatile UnaryOperator<String> asked;
  private volatile UnaryOperator<String> answered;

  /**
   * @param behind base URL of the TEI
   */
  TeiFront(String behind) {
    this.behind = behind;
    fresh();
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Changes nothing, and has seen nothing. */
  void fresh() {
    tokenized.clear();
    tokenizes = true;
    asked = UnaryOperator.identity();
    answered = UnaryOperator.identity();
  }

  /** From now on {@code /tokenize} is answered 404. */
  void tokenizeNoMore() {
    tokenizes = false;
  }

  /** Changes the requests of {@code /v1/embeddings}. */
  void change(UnaryOperator<String> request, UnaryOperator<String> answer) {
    asked = request;
    answered = answer;
  }

  /** Texts that came to {@code /tokenize}, those included that were refused. */
  List<String> tokenized() {
    return List.copyOf(tokenized);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.equals("/tokenize")) {
        for (JsonNode text : JSON.readTree(body).get("inputs")) {
          tokenized.add(text.asText());
        }
      }
      if (path.equals("/tokenize") && !tokenizes) {
        send(exchange, 404, "");
      } else if (path.equals("/v1/embeddings")) {
        HttpResponse<String> answer = send(exchange, path, asked.apply(body));
        send(exchange, answer.statusCode(), answered.apply(answer.body()));
      } else {
        HttpResponse<String> answer = send(exchange, path, body);
        send(exchange, answer.statusCode(), answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> send(HttpExchange exchange, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(behind + path))
            .header("Content-Type", "application/json")
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
