package org.hippocamel.bench;

import java.net.URI;

/**
 * A server that speaks OpenAI's embeddings.
 *
 * @param name in the table
 * @param url base address; {@code /v1/embeddings} is added to it
 * @param apiKey sent as bearer key; null for none
 * @param model sent with each request; null for none
 */
public record Endpoint(String name, URI url, String apiKey, String model) {
  public Endpoint {
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("\"" + url + "\" is no http(s) address");
    }
  }

  boolean secure() {
    return url.getScheme().equals("https");
  }

  int port() {
    return url.getPort() > 0 ? url.getPort() : secure() ? 443 : 80;
  }

  String path(String route) {
    String base = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
    return base + route;
  }
}
