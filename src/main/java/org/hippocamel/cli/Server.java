package org.hippocamel.cli;

import java.util.Map;
import org.hippocamel.config.ClientSettings;
import org.hippocamel.config.PropertyFile;
import org.hippocamel.config.Settings;
import picocli.CommandLine.Option;

/** Options of verbs that ask a running Hippocamel. */
final class Server {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "the Hippocamel to ask (default: HIPPOCAMEL_URL, else the one that the settings would"
              + " start, http://127.0.0.1:8080)")
  private String url;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "API key to show it (default: HIPPOCAMEL_API_KEY)")
  private String apiKey;

  /**
   * @throws IllegalArgumentException when the settings are wrong, or the address is none
   */
  RestClient rest() {
    ClientSettings settings = settings();
    String asked = url == null ? settings.url() : url;
    return client("--url", asked, apiKey == null ? settings.apiKey() : apiKey);
  }

  static ClientSettings settings() {
    return Settings.read(PropertyFile.load(Map.of()).resolved()).client();
  }

  static RestClient client(String option, String url, String apiKey) {
    if (!url.matches("https?://[^/]+.*")) {
      throw new IllegalArgumentException(option + " \"" + url + "\" is no http(s) address");
    }
    return new RestClient(url, apiKey);
  }
}
