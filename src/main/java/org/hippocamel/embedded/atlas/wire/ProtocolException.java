package org.hippocamel.embedded.atlas.wire;

import java.io.IOException;

/** Bytes that are not the protocol; the connection cannot go on. */
final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
