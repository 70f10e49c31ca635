package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Asks a Hippocamel over REST, as any client does. */
final class RestClient {
  private static final ObjectMapper JSON = new ObjectMapper();
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
    HttpResponse<byte[]> reply = send(request);
    if (reply.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          url + path + " answered " + reply.statusCode() + ": " + detail(reply.body()));
    }
    return reply.body();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException(
          url + " does not answer (" + why + "); --url or HIPPOCAMEL_URL names another", e);
    }
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
