package org.hippocamel.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {
  private static final ServerAddress STORE = new ServerAddress("store", 27017);

  @ParameterizedTest
  @CsvSource({
    "400, EMBEDDER_FAILED", // Empty
    "401, EMBEDDER_FAILED",
    "404, EMBEDDER_FAILED",
    "413, EMBEDDER_FAILED", // Validation up to 1.8, and a body that is too large
    "415, EMBEDDER_FAILED",
    "422, EMBEDDER_FAILED", // Validation, Tokenizer
    "424, EMBEDDER_FAILED", // Backend
    "429, OVERLOADED", // Overloaded
    "500, EMBEDDER_FAILED",
    "502, UNAVAILABLE", // a proxy before it
    "503, UNAVAILABLE", // Unhealthy
    "504, UNAVAILABLE"
  })
  void of_knowsTeisTable(int status, ProblemKind kind) {
    Problem problem = Diagnosis.of(refused(status, "{\"error\":\"why\"}"));
    assertEquals(kind, problem.kind());
    assertEquals(
        "the embedder at tei.url answered " + status + ": {\"error\":\"why\"}",
        problem.getMessage());
  }

  @Test
  void of_namesTheReranker_whenItWasAsked() {
    assertEquals(
        "the reranker at rerank.url answered 424: why",
        Diagnosis.of(refused(424, "why"), Peer.RERANKER).getMessage());
    assertEquals(
        ProblemKind.RERANKER_FAILED, Diagnosis.of(refused(424, "why"), Peer.RERANKER).kind());
    assertEquals(
        "the reranker at rerank.url answered 401: rerank.api-key is not its key",
        Diagnosis.of(refused(401, ""), Peer.RERANKER).getMessage());
    assertEquals(
        "the reranker at rerank.url gave no answer in time (tei.probe-timeout-millis)",
        Diagnosis.of(new SocketTimeoutException(), Peer.RERANKER).getMessage());
    assertEquals(
        "the reranker at rerank.url does not answer (ConnectException)",
        Diagnosis.of(new ConnectException(), Peer.RERANKER).getMessage());
  }

  @Test
  void of_saysWhatAnEmpty401Means() {
    assertEquals(
        "the embedder at tei.url answered 401: tei.api-key is not its key",
        Diagnosis.of(refused(401, "")).getMessage());
    assertEquals(
        "the embedder at tei.url answered 404: (no text)",
        Diagnosis.of(refused(404, null)).getMessage());
  }

  @Test
  void of_shortensWhatTheEmbedderSays() {
    String message = Diagnosis.of(refused(500, "x".repeat(5_000))).getMessage();
    assertEquals("the embedder at tei.url answered 500: " + "x".repeat(200) + "...", message);
  }

  static Stream<IOException> lost() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new NoRouteToHostException("no"),
        new SocketException("Connection reset"),
        new ConnectTimeoutException("Connect timed out"),
        new UnknownHostException("tei"),
        new NoHttpResponseException("failed to respond"),
        new ConnectionClosedException("Premature end"),
        new ConnectionRequestTimeoutException("no connection of the pool was free"),
        new MalformedChunkCodingException("cut off"),
        new SSLHandshakeException("Remote host terminated the handshake"));
  }

  @Test
  void of_takesASilentEmbedderForATimeout() {
    Problem problem = Diagnosis.of(new SocketTimeoutException("Read timed out"));
    assertEquals(ProblemKind.TIMEOUT, problem.kind());
    assertEquals(
        "the embedder at tei.url gave no answer in time (tei.timeout-millis)",
        problem.getMessage());
  }

  @ParameterizedTest
  @MethodSource("lost")
  void of_takesALostConnectionForAnEmbedderThatIsAway(IOException lost) {
    Problem problem = Diagnosis.of(new CamelExecutionException("failed", null, lost));
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertEquals(
        "the embedder at tei.url does not answer (" + lost.getClass().getSimpleName() + ")",
        problem.getMessage());
    assertSame(lost, problem.getCause());
  }

  @Test
  void of_takesAFileThatIsMissingForNoServer() {
    assertEquals(
        ProblemKind.UNEXPECTED, Diagnosis.of(new FileNotFoundException("notes.md")).kind());
  }

  static Stream<MongoException> away() {
    return Stream.of(
        new MongoTimeoutException("no server within 5000 ms"),
        new MongoSocketReadException("reset", STORE, new SocketException("reset")),
        new MongoInterruptedException("stopped", new InterruptedException()),
        new MongoNotPrimaryException(answer(10107, "NotWritablePrimary"), STORE),
        new MongoNodeIsRecoveringException(answer(11600, "InterruptedAtShutdown"), STORE));
  }

  @ParameterizedTest
  @MethodSource("away")
  void of_takesALostOrElectingStoreForAway(MongoException away) {
    Problem problem = Diagnosis.of(away);
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertEquals("the store at mongo.uri does not answer", problem.getMessage());
    assertTrue(problem.passing());
  }

  @Test
  void of_namesTheCodeOfACommandThatTheStoreRefused() {
    Problem problem =
        Diagnosis.of(new MongoCommandException(answer(31082, "SearchNotEnabled"), STORE));
    assertEquals(ProblemKind.STORE_FAILED, problem.kind());
    assertEquals("the store refused a request: code 31082 SearchNotEnabled", problem.getMessage());
  }

  @Test
  void of_countsWritesThatTheStoreRefused() {
    List<BulkWriteError> errors =
        List.of(new BulkWriteError(121, "a secret document", new BsonDocument(), 0));
    Problem problem =
        Diagnosis.of(
            new MongoBulkWriteException(
                BulkWriteResult.unacknowledged(), errors, null, STORE, Set.of()));
    assertEquals(ProblemKind.STORE_FAILED, problem.kind());
    assertTrue(
        problem.getMessage().startsWith("the store refused a request: 1 writes failed, code "),
        problem.getMessage());
    assertFalse(problem.getMessage().contains("secret"));
  }

  @Test
  void of_neverShowsWhatTheStoreSaid() {
    Problem problem = Diagnosis.of(new MongoException(8000, "user admin, password secret"));
    assertEquals("the store refused a request: code 8000", problem.getMessage());
    assertEquals(
        ProblemKind.STORE_FAILED,
        Diagnosis.of(new MongoSecurityException(null, "password secret")).kind());
  }

  @Test
  void of_findsTheProblemInside() {
    Problem inside = Problem.invalid("/limit", "limit 0 is below 1");
    assertSame(
        inside,
        Diagnosis.of(
            new CamelExecutionException(
                "failed", null, new CompletionException(new ExecutionException(inside)))));
  }

  @Test
  void of_hidesWhatNobodyKnows() {
    IllegalStateException thrown = new IllegalStateException("row 17 of tenant acme");
    Problem problem = Diagnosis.of(thrown);
    assertEquals(ProblemKind.UNEXPECTED, problem.kind());
    assertEquals("something went wrong here; the log says what", problem.getMessage());
    assertSame(thrown, problem.getCause());
  }

  @Test
  void of_endsWhereCausesGoInCircles() {
    RuntimeException first = new RuntimeException("first");
    RuntimeException second = new RuntimeException("second", first);
    first.initCause(second);
    assertEquals(ProblemKind.UNEXPECTED, Diagnosis.of(first).kind());
  }

  private static HttpOperationFailedException refused(int status, String body) {
    return new HttpOperationFailedException("http://tei/", status, "no", null, Map.of(), body);
  }

  private static BsonDocument answer(int code, String name) {
    return new BsonDocument("ok", new BsonInt32(0))
        .append("code", new BsonInt32(code))
        .append("codeName", new BsonString(name))
        .append("errmsg", new BsonString("a secret"));
  }
}
