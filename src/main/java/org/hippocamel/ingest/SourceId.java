package org.hippocamel.ingest;

/** Names a source within the store: the same file dropped again is the same source. */
public final class SourceId {
  private static final int DIGITS = 24;

  private SourceId() {}

  /** 24 hex digits, stable for a tenant and URI. */
  public static String of(String tenant, String uri) {
    return Sha256.hex(tenant + "\n" + uri, DIGITS);
  }
}
