package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;

/** Answers one route. May throw {@link Rejection} or a {@code TeiException}, or fail with one. */
interface Handler {
  CompletableFuture<Reply> handle(Request request);

  /** How this route tells an error. */
  default ErrorBody errors() {
    return ErrorBody.NATIVE;
  }
}
