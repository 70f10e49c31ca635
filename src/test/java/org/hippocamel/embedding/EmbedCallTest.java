package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.hippocamel.batching.Flow;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedCallTest {
  private final Replicas replicas = EmbedSettings.serving();
  private final Embedder embedder = EmbedSettings.embedder("tei", EmbedSettings.limits(), replicas);
  private final Flow query = embedder.flow(Lane.QUERY);
  private final Flow ingest = embedder.flow(Lane.INGEST);
  private final EmbedCall call = new EmbedCall();

  @Test
  void request_asksForBase64OfEveryText() {
    EmbedBatch batch = new EmbedBatch(ticket("a"));
    batch.add(ticket("b", "c"));
    assertEquals("{\"input\":[\"a\",\"b\",\"c\"],\"encoding_format\":\"base64\"}", request(batch));
  }

  @Test
  void request_escapesWhatJsonWantsEscaped_andKeepsEveryCharacter() throws IOException {
    String text = "\"quoted\" \\ back\n\ttab \u0000 \u001f é € 😀 \u2028 </script>";
    String body = request(new EmbedBatch(ticket(text)));
    JsonNode read = new ObjectMapper().readTree(body);
    assertEquals(text, read.get("input").get(0).asText());
    assertFalse(body.contains("\n"));
  }

  @Test
  void priority_isForThoseWhoWait() {
    assertEquals("interactive", call.priority(call.whole(new EmbedBatch(ticket("a")))));
    Ticket bulk = ticket(Lane.INGEST, "a");
    assertNull(call.priority(call.whole(new EmbedBatch(bulk))));
  }

  @Test
  void settle_givesEveryTicketItsOwn() {
    Ticket first = ticket("a");
    Ticket second = ticket("b", "c");
    EmbedBatch batch = new EmbedBatch(first);
    batch.add(second);
    EmbedPart whole = call.whole(batch);
    whole.deliver(List.of(vector(1), vector(2), vector(3)));
    call.settle(batch);
    assertEquals(1f, first.embeddings().join().get(0).orThrow()[0]);
    assertEquals(
        List.of(2f, 3f), second.embeddings().join().stream().map(e -> e.orThrow()[0]).toList());
  }

  @Test
  void settle_tellsTheOneWhoseTextWasRefused_andNobodyElse() {
    Ticket good = ticket("good");
    Ticket bad = ticket("bad");
    EmbedBatch batch = new EmbedBatch(good);
    batch.add(bad);
    List<EmbedPart> halves = call.halves(call.whole(batch));
    assertEquals(List.of("good"), halves.get(0).texts());
    assertEquals(List.of("bad"), halves.get(1).texts());
    halves.get(0).deliver(List.of(vector(1)));
    call.refuse(halves.get(1), refused(422));
    call.settle(batch);
    assertEquals(1f, good.embeddings().join().get(0).orThrow()[0]);
    Problem problem = bad.embeddings().join().get(0).refusal();
    assertEquals(ProblemKind.EMBEDDER_FAILED, problem.kind());
    assertEquals("the embedder at tei.url answered 422: why", problem.getMessage());
  }

  @Test
  void settle_leavesNobodyWaiting_whateverWentWrong() {
    Ticket ticket = ticket("a", "b");
    call.settle(new EmbedBatch(ticket));
    assertEquals(
        List.of(
            "an embedding call ended without an answer",
            "an embedding call ended without an answer"),
        ticket.embeddings().join().stream().map(e -> e.refusal().getMessage()).toList());
  }

  @Test
  void deliver_keepsWhatTruncationWantsToKnow() {
    EmbedBatch batch = new EmbedBatch(ticket("a", "b", "c"));
    EmbedPart half = call.halves(call.whole(batch)).get(1);
    String answer =
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[2]}],"
            + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":9}}";
    call.deliver(half, replicas.turn(half), answer.getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(new EmbedBatch.AnsweredCall(1, 3, 9, 510)), batch.calls());
    assertEquals(2f, batch.answers().get(2).orThrow()[0]);
  }

  @Test
  void halves_reachEveryTextAlone() {
    EmbedPart part = call.whole(new EmbedBatch(ticket("a", "b", "c", "d", "e")));
    List<EmbedPart> parts = List.of(part);
    while (parts.stream().anyMatch(p -> p.texts().size() > 1)) {
      parts =
          parts.stream()
              .flatMap(p -> p.texts().size() > 1 ? call.halves(p).stream() : List.of(p).stream())
              .toList();
    }
    assertEquals(
        List.of("a", "b", "c", "d", "e"), parts.stream().map(p -> p.texts().get(0)).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422, 424})
  void divisible_whereOneTextMayBeAtFault(int status) {
    EmbedBatch batch = new EmbedBatch(ticket("a", "b"));
    assertTrue(call.divisible(call.whole(batch), refused(status)));
    assertFalse(call.divisible(call.halves(call.whole(batch)).get(0), refused(status)));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 415, 429, 500, 503})
  void divisible_notWhereTheTextsAreNotAtFault(int status) {
    assertFalse(call.divisible(call.whole(new EmbedBatch(ticket("a", "b"))), refused(status)));
  }

  @Test
  void passing_overloadAndLostConnectionsAlone() {
    EmbedPart part = call.whole(new EmbedBatch(ticket("a")));
    assertTrue(call.passing(part, refused(429)));
    assertTrue(call.passing(part, new ConnectException("refused")));
    assertFalse(call.passing(part, refused(422)));
    assertFalse(call.passing(part, new IllegalStateException()));
    assertFalse(call.passing(null, refused(429)), "a caller's wait has ended: nothing to repeat");
  }

  @Test
  void returned_givesTheSlotBackToItsLane() {
    query.left();
    ingest.left();
    call.returned(new EmbedBatch(ticket(Lane.INGEST, "a")));
    assertEquals(1, query.inFlight());
    assertEquals(0, ingest.inFlight());
  }

  private String request(EmbedBatch batch) {
    return new String(call.request(call.whole(batch)), StandardCharsets.UTF_8);
  }

  private static Embedding vector(float value) {
    return Embedding.of(new float[] {value}, 1);
  }

  private static HttpOperationFailedException refused(int status) {
    return new HttpOperationFailedException("http://tei/", status, "no", null, Map.of(), "why");
  }

  private Ticket ticket(String... texts) {
    return ticket(Lane.QUERY, texts);
  }

  private Ticket ticket(Lane lane, String... texts) {
    return EmbedSettings.ticket(embedder, lane, false, texts);
  }
}
