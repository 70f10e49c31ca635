package org.hippocamel.problem;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteUpsert;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * What an exception of Camel, TEI's HTTP client or the MongoDB driver means for a caller. The one
 * place that knows foreign exceptions. TEI's statuses are those of its error table.
 */
public final class Diagnosis {
  private static final int MAX_QUOTE = 200;
  private static final int MAX_DEPTH = 16;
  private static final Set<Integer> OF_ONE_TEXT = Set.of(400, 413, 422, 424);

  private Diagnosis() {}

  /** The problem behind whatever was thrown; UNEXPECTED when nobody here knows it. */
  public static Problem of(Throwable thrown) {
    return of(thrown, Peer.EMBEDDER);
  }

  /**
   * The same where another server was asked.
   *
   * @param peer whom exceptions of the HTTP client come from
   */
  public static Problem of(Throwable thrown, Peer peer) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++, cause = cause.getCause()) {
      Problem problem = known(cause, peer);
      if (problem != null) {
        return problem;
      }
    }
    return new Problem(
        ProblemKind.UNEXPECTED, "something went wrong here; the log says what", thrown);
  }

  /** Whether somebody else failed: a server, a driver, the network, and not one of our checks. */
  public static boolean foreign(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++, cause = cause.getCause()) {
      if (cause instanceof Problem) {
        return false;
      }
    }
    return true;
  }

  /** The HTTP status that the embedder refused with; empty when it gave no answer. */
  public static OptionalInt status(Throwable thrown) {
    return thrown instanceof HttpOperationFailedException refused
        ? OptionalInt.of(refused.getStatusCode())
        : OptionalInt.empty();
  }

  /**
   * Whether a TEI's refusal of a call may be due to one of its texts. It does not say to which: 400
   * for an empty one, 413 (up to 1.8) or 422 for one that is too long, 413 for all of them
   * together, 424 when the device ran out of memory or a score is no number.
   */
  public static boolean mayBeOneText(Throwable thrown) {
    return OF_ONE_TEXT.contains(status(thrown).orElse(0));
  }

  /**
   * Whether it surely is one text's fault, and not the embedder's: it was refused alone as too long
   * or not to be read, or the model comes to no number for it. 424 may as well be a device without
   * memory.
   */
  public static boolean ofOneText(Throwable refusal) {
    Throwable cause = refusal.getCause();
    return cause instanceof ArithmeticException
        || mayBeOneText(cause) && status(cause).orElse(0) != 424;
  }

  private static Problem known(Throwable cause, Peer peer) {
    if (cause instanceof Problem problem) {
      return problem;
    }
    if (cause instanceof HttpOperationFailedException refused) {
      return refused(refused, peer);
    }
    if (cause instanceof MongoException mongo) {
      return store(mongo);
    }
    if (cause instanceof SocketTimeoutException && !(cause instanceof ConnectTimeoutException)) {
      return new Problem(
          ProblemKind.TIMEOUT, peer + " gave no answer in time (" + peer.timeoutKey() + ")", cause);
    }
    return unreachable(cause)
        ? new Problem(
            ProblemKind.UNAVAILABLE,
            peer + " does not answer (" + cause.getClass().getSimpleName() + ")",
            cause)
        : null;
  }

  /** Everything else of {@link IOException} is a file or a body, not a lost server. */
  private static boolean unreachable(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof ConnectTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof SSLException
        || cause instanceof NoHttpResponseException
        || cause instanceof ConnectionClosedException
        || cause instanceof ConnectionRequestTimeoutException
        || cause instanceof MalformedChunkCodingException;
  }

  private static Problem refused(HttpOperationFailedException refused, Peer peer) {
    ProblemKind kind =
        switch (refused.getStatusCode()) {
          case 429 -> ProblemKind.OVERLOADED;
          case 502, 503, 504 -> ProblemKind.UNAVAILABLE;
          default -> peer.failed();
        };
    return new Problem(
        kind, peer + " answered " + refused.getStatusCode() + ": " + quote(refused, peer), refused);
  }

  private static String quote(HttpOperationFailedException refused, Peer peer) {
    String body = refused.getResponseBody();
    if (body == null || body.isBlank()) {
      return refused.getStatusCode() == 401 ? peer.apiKeyKey() + " is not its key" : "(no text)";
    }
    return body.length() <= MAX_QUOTE ? body : body.substring(0, MAX_QUOTE) + "...";
  }

  /** Not reachable, or choosing a new primary. */
  private static boolean away(MongoException mongo) {
    return mongo instanceof MongoTimeoutException
        || mongo instanceof MongoSocketException
        || mongo instanceof MongoInterruptedException
        || mongo instanceof MongoNotPrimaryException
        || mongo instanceof MongoNodeIsRecoveringException
        || mongo instanceof MongoConnectionPoolClearedException
        || mongo.hasErrorLabel("RetryableWriteError");
  }

  /** A bulk that is there, but not yet where it survives the loss of one server. */
  private static boolean unconfirmed(MongoException mongo) {
    return mongo instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null;
  }

  private static Problem store(MongoException mongo) {
    if (away(mongo)) {
      return new Problem(ProblemKind.UNAVAILABLE, "the store at mongo.uri does not answer", mongo);
    }
    if (unconfirmed(mongo)) {
      return new Problem(
          ProblemKind.UNAVAILABLE,
          "the store at mongo.uri did not confirm a write by the majority of its servers",
          mongo);
    }
    String what =
        mongo instanceof MongoBulkWriteException bulk
            ? bulk.getWriteErrors().size() + " writes failed, code " + bulk.getCode()
            : mongo instanceof MongoCommandException command
                ? "code " + command.getErrorCode() + " " + command.getErrorCodeName()
                : "code " + mongo.getCode();
    return new Problem(ProblemKind.STORE_FAILED, "the store refused a request: " + what, mongo);
  }

  /**
   * What a bulk write did that was refused in part; empty when it failed as a whole, or is not
   * confirmed.
   */
  public static Optional<PartialBulk> partialBulk(Throwable thrown) {
    if (!(mongo(thrown) instanceof MongoBulkWriteException bulk)
        || away(bulk)
        || unconfirmed(bulk)
        || bulk.getWriteErrors().isEmpty()
        || !bulk.getWriteResult().wasAcknowledged()) {
      return Optional.empty();
    }
    Set<Integer> created =
        bulk.getWriteResult().getUpserts().stream()
            .map(BulkWriteUpsert::getIndex)
            .collect(Collectors.toSet());
    Map<Integer, Problem> refused =
        bulk.getWriteErrors().stream()
            .collect(Collectors.toMap(BulkWriteError::getIndex, Diagnosis::refused));
    return Optional.of(new PartialBulk(created, refused));
  }

  /** The driver's exception inside of Camel's, or null. */
  private static MongoException mongo(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++, cause = cause.getCause()) {
      if (cause instanceof MongoException mongo) {
        return mongo;
      }
    }
    return null;
  }

  private static Problem refused(BulkWriteError error) {
    return new Problem(
        ProblemKind.STORE_FAILED, "the store refused to write it: code " + error.getCode());
  }
}
