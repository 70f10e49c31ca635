package org.hippocamel.memory;

/**
 * A memory or a source as a caller names it. A value of its own, because Camel takes quotes off a
 * text that it hands to a bean and reads the word {@code null} as nothing.
 *
 * @param tenant the caller's; comes from the API key
 * @param id the public id, "" where the request names none
 */
public record Named(String tenant, String id) {
  private static final int SHOWN = 80;

  /** Value of {@code _id}. */
  public String key() {
    return MemoryId.key(tenant, id);
  }

  /** Another of the same tenant. */
  public Named sibling(String other) {
    return new Named(tenant, other);
  }

  /** The id as a message may show it. */
  public String shown() {
    return "\"" + (id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "...") + "\"";
  }
}
