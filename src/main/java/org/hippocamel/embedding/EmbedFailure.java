package org.hippocamel.embedding;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * What a failed TEI call means for its caller. Statuses as in TEI's error table; both dialects, 413
 * (up to 1.8) and 422 (from 1.9) for a text that the server refuses.
 */
public final class EmbedFailure {
  private static final int MAX_QUOTE = 200;

  private EmbedFailure() {}

  /** The problem behind whatever was thrown. */
  public static Problem of(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Problem problem) {
      return problem;
    }
    if (cause instanceof HttpOperationFailedException refused) {
      return refused(refused);
    }
    if (cause instanceof IOException) {
      return new Problem(
          ProblemKind.UNAVAILABLE,
          "the embedder at tei.url does not answer (" + cause.getClass().getSimpleName() + ")",
          cause);
    }
    return new Problem(ProblemKind.EMBEDDER_FAILED, "embedding failed", cause);
  }

  /** Whether the same call may succeed a moment later: overload, restart, lost connection. */
  public static boolean passing(Throwable thrown) {
    return of(thrown).passing();
  }

  private static Problem refused(HttpOperationFailedException refused) {
    int status = refused.getStatusCode();
    ProblemKind kind =
        switch (status) {
          case 429 -> ProblemKind.OVERLOADED;
          case 502, 503, 504 -> ProblemKind.UNAVAILABLE;
          default -> ProblemKind.EMBEDDER_FAILED;
        };
    return new Problem(
        kind, "the embedder at tei.url answered " + status + ": " + quote(refused), refused);
  }

  private static String quote(HttpOperationFailedException refused) {
    String body = refused.getResponseBody();
    if (body == null || body.isBlank()) {
      return refused.getStatusCode() == 401 ? "the key in tei.api-key is not its key" : "(no text)";
    }
    return body.length() <= MAX_QUOTE ? body : body.substring(0, MAX_QUOTE) + "...";
  }
}
