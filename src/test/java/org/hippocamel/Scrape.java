package org.hippocamel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The metrics of a bundle at one moment, as Prometheus reads them. */
public record Scrape(String body, Map<String, Double> series) {

  public static Scrape of(RunningBundle bundle) {
    return of(bundle.bundle().managementUrl() + "/observe/metrics");
  }

  public static Scrape of(String url) {
    URI uri = URI.create(url);
    try {
      String body =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return new Scrape(body, series(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Double> series(String body) {
    Map<String, Double> series = new TreeMap<>();
    body.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(
            line -> {
              int value = line.lastIndexOf(' ');
              series.put(line.substring(0, value), Double.valueOf(line.substring(value + 1)));
            });
    return series;
  }

  /** Names without labels. */
  public Set<String> names() {
    return series.keySet().stream()
        .map(name -> name.replaceFirst("\\{.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Value of a series, named as in the text. */
  public double value(String name) {
    Double value = series.get(name);
    if (value == null) {
      throw new AssertionError("no series " + name);
    }
    return value;
  }

  /** By how much a counter has grown; it may be new. */
  public double since(Scrape before, String name) {
    return value(name) - before.series.getOrDefault(name, 0.0);
  }
}
