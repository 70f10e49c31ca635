package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks a Hippocamel over REST, as any client does. */
final class RestClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final String DATA = "data: ";
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Longer than the server lets its own callers wait. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final String url;
  private final String apiKey;

  RestClient(String url, String apiKey) {
    this.url = url.replaceFirst("/+$", "");
    this.apiKey = apiKey;
  }

  String url() {
    return url;
  }

  /** A text as a part of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Status of an answer, whatever it is. */
  int status(String path) throws IOException, InterruptedException {
    return send(request(path).GET()).statusCode();
  }

  /** Body of an answer with whatever status. */
  JsonNode whatever(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request(path).GET()).body());
  }

  /** Body of an answer that is not JSON. */
  String text(String path) throws IOException, InterruptedException {
    return new String(accepted(path, request(path).GET()), StandardCharsets.UTF_8);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(accepted(path, request(path).GET()));
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    return JSON.readTree(accepted(path, request));
  }

  JsonNode post(String path) throws IOException, InterruptedException {
    return JSON.readTree(accepted(path, request(path).POST(BodyPublishers.noBody())));
  }

  /** Lines of JSON. */
  JsonNode postLines(String path, byte[] lines) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArray(lines));
    return JSON.readTree(accepted(path, request));
  }

  /**
   * A page of lines.
   *
   * @param next path of the page behind it; empty on the last
   */
  record Page(byte[] lines, Optional<String> next) {}

  Page page(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> reply = send(request(path).GET());
    byte[] lines = accepted(path, reply);
    return new Page(lines, reply.headers().firstValue("Link").flatMap(RestClient::next));
  }

  /** Target of a link {@code <target>; rel="next"}. */
  private static Optional<String> next(String link) {
    Matcher next = NEXT.matcher(link);
    return next.matches() ? Optional.of(next.group(1)) : Optional.empty();
  }

  /**
   * Server-sent events, as long as the server sends them.
   *
   * @param each takes the data of each event
   * @return status of the answer; other than 200 there were none
   */
  int events(String path, Consumer<JsonNode> each) throws IOException, InterruptedException {
    HttpRequest request = request(path).header("Accept", "text/event-stream").GET().build();
    HttpResponse<Stream<String>> reply = send(request, HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = reply.body()) {
      if (reply.statusCode() == OK) {
        lines.filter(line -> line.startsWith(DATA)).forEach(line -> each.accept(data(line)));
      }
    } catch (UncheckedIOException lost) {
      throw away(lost.getCause());
    }
    return reply.statusCode();
  }

  private static JsonNode data(String line) {
    try {
      return JSON.readTree(line.substring(DATA.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A form with one file. */
  JsonNode post(String path, String name, Path file) throws IOException, InterruptedException {
    String boundary = "hippocamel-" + UUID.randomUUID();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
            .formatted(boundary, name.replace("\"", "%22"));
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(Files.readAllBytes(file));
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    return JSON.readTree(accepted(path, request));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    return apiKey.isEmpty() ? request : request.header("Authorization", "Bearer " + apiKey);
  }

  /**
   * @throws IllegalStateException with the server's own words when it refuses
   */
  private byte[] accepted(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return accepted(path, send(request));
  }

  private byte[] accepted(String path, HttpResponse<byte[]> reply) {
    if (reply.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          url + path + " answered " + reply.statusCode() + ": " + detail(reply.body()));
    }
    return reply.body();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw away(e);
    }
  }

  private IOException away(IOException thrown) {
    String why =
        thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    return new IOException(
        url + " does not answer (" + why + "); --url or HIPPOCAMEL_URL names another", thrown);
  }

  private static String detail(byte[] body) {
    try {
      JsonNode detail = JSON.readTree(body).path("detail");
      return detail.isTextual() ? detail.asText() : new String(body, StandardCharsets.UTF_8);
    } catch (IOException notJson) {
      return new String(body, StandardCharsets.UTF_8);
    }
  }
}
