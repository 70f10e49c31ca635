package org.hippocamel.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields beside the file of a multipart document.
 *
 * @param metadata checked, for every passage of it
 * @param agentId or null
 */
public record DocumentForm(Map<String, Object> metadata, String agentId) {
  public DocumentForm {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
