package org.hippocamel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.config.PropertyFile;

/**
 * The bundle as a user runs it, with the routes that ship, on free ports and in a folder of its
 * own.
 */
public final class RunningBundle implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path folder;
  private final Bundle bundle;

  private RunningBundle(Path folder, Bundle bundle) {
    this.folder = folder;
    this.bundle = bundle;
  }

  /** Started and open. */
  public static RunningBundle open(Map<String, String> overrides) {
    RunningBundle running = start(newFolder(), overrides);
    try {
      running.bundle.open();
      return running;
    } catch (InterruptedException e) {
      running.close();
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  /** Started, but embedder and store are not checked yet. */
  public static RunningBundle start(Path folder, Map<String, String> overrides) {
    return start(folder, overrides, Clock.systemUTC());
  }

  /** The same by another clock. */
  public static RunningBundle start(Path folder, Map<String, String> overrides, Clock clock) {
    Map<String, String> settings = new HashMap<>();
    settings.put("http.port", "0");
    settings.put("management.port", "0");
    settings.put("inbox.directory", folder.resolve("inbox").toString());
    settings.put("inbox.poll-millis", "50");
    settings.put("inbox.settle-millis", "20");
    settings.put("data.directory", folder.resolve("data").toString());
    settings.put("mongo.timeout-millis", "2000");
    settings.putAll(overrides);
    return new RunningBundle(folder, Bundle.start(PropertyFile.load(settings), clock));
  }

  /** A temporary folder, gone when the bundle is closed. */
  public static Path newFolder() {
    try {
      return Files.createTempDirectory("hippocamel");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Bundle bundle() {
    return bundle;
  }

  public Path inbox() {
    return folder.resolve("inbox");
  }

  /** Id of the space that everything is embedded in. */
  public String space() {
    return get("/v1/spaces").json().at("/spaces/0/id").asText();
  }

  /** What is stored, seen through the official client. */
  public MongoCollection<Document> collection(String name) {
    return bundle.store().getDatabase(bundle.settings().mongo().database()).getCollection(name);
  }

  /** Body of a reply as JSON, with the status in {@link Answer#status}. */
  public Answer post(String path, String body, String... headers) {
    return send(
        request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)), "application/json");
  }

  /** A body made of maps, lists and plain values. */
  public Answer postJson(String path, Object body, String... headers) {
    try {
      return post(path, JSON.writeValueAsString(body), headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Answer post(String path, byte[] body, String contentType, String... headers) {
    return send(
        request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)), contentType);
  }

  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET(), null);
  }

  public Answer delete(String path, String... headers) {
    return send(request(path, headers).DELETE(), null);
  }

  /** From the management server: health and metrics. */
  public Answer manage(String path) {
    return send(HttpRequest.newBuilder(URI.create(bundle.managementUrl() + path)), null);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(bundle.url() + path));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private static Answer send(HttpRequest.Builder builder, String contentType) {
    try {
      if (contentType != null) {
        builder.header("Content-Type", contentType);
      }
      return new Answer(CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A reply. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    /** A header of the reply, or null. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(response.body(), e);
      }
    }
  }

  @Override
  public void close() {
    bundle.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
