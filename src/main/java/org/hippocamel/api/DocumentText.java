package org.hippocamel.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document sent as text.
 *
 * @param uri its name; the same name again replaces the document
 * @param title or null
 * @param text the whole document
 * @param metadata checked, for every passage of it
 * @param agentId or null
 */
public record DocumentText(
    String uri, String title, String text, Map<String, Object> metadata, String agentId) {
  public DocumentText {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
