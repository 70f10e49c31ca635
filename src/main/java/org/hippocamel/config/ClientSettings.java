package org.hippocamel.config;

/**
 * Which Hippocamel the command line asks ({@code client.*}).
 *
 * @param url of its REST server; empty for the one that these settings would start
 * @param managementUrl of health and metrics; empty likewise
 * @param apiKey what it is shown, empty for none
 */
public record ClientSettings(String url, String managementUrl, String apiKey) {

  static ClientSettings read(SettingReader in, Settings.Http http) {
    String url = in.raw("client.url").strip();
    String management = in.raw("client.management-url").strip();
    return new ClientSettings(
        url.isEmpty() ? address(http.host(), http.port()) : url,
        management.isEmpty() ? address(http.managementHost(), http.managementPort()) : management,
        in.raw("client.api-key"));
  }

  private static String address(String host, int port) {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
