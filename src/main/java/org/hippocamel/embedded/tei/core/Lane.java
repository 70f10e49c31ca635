package org.hippocamel.embedded.tei.core;

/**
 * How soon a text is served: {@code INTERACTIVE} when somebody waits for the answer of a search,
 * {@code BULK} for everything else.
 */
public enum Lane {
  INTERACTIVE,
  BULK
}
