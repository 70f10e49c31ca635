package org.hippocamel.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.hippocamel.RunningBundle;

/** The metrics of a bundle at one moment, as Prometheus reads them. */
record Scrape(String body, Map<String, Double> series) {

  static Scrape of(RunningBundle bundle) {
    URI uri = URI.create(bundle.bundle().managementUrl() + "/observe/metrics");
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
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int value = line.lastIndexOf(' ');
              series.put(line.substring(0, value), Double.valueOf(line.substring(value + 1)));
            });
    return series;
  }

  /** Value of a series, named as in the text. */
  double value(String name) {
    Double value = series.get(name);
    if (value == null) {
      throw new AssertionError("no series " + name);
    }
    return value;
  }

  /** By how much a counter has grown; it may be new. */
  double since(Scrape before, String name) {
    return value(name) - before.series.getOrDefault(name, 0.0);
  }
}
