package org.hippocamel;

import java.util.regex.Pattern;
import org.apache.camel.spi.RestRegistry.RestService;

/**
 * A path of the contract: {@code /v1/memories/{id}}.
 *
 * @param template as the contract writes it
 * @param pattern what it stands for; null where it stands for itself
 */
record PathTemplate(String template, Pattern pattern) {

  static PathTemplate of(RestService service) {
    String template =
        (service.getBasePath() + "/" + service.getUriTemplate()).replaceAll("/+", "/");
    return new PathTemplate(
        template,
        template.contains("{") ? Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+")) : null);
  }

  boolean matches(String path) {
    return pattern == null ? template.equals(path) : pattern.matcher(path).matches();
  }
}
