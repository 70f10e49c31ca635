package org.hippocamel.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * One call of TEI's {@code POST /v1/embeddings} in base64: ten times cheaper to read than JSON
 * numbers, and the same bits.
 */
public final class EmbedCall {
  private static final JsonFactory JSON = new JsonFactory();

  private final String apiKey;
  private final EmbedFlow query;
  private final EmbedFlow ingest;

  /**
   * @param apiKey TEI's key, empty for none
   */
  public EmbedCall(String apiKey, EmbedFlow query, EmbedFlow ingest) {
    this.apiKey = apiKey;
    this.query = query;
    this.ingest = ingest;
  }

  /** Request body for the texts of a batch, in order. */
  public byte[] request(EmbedBatch batch) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeArrayFieldStart("input");
      for (String text : batch.texts()) {
        json.writeString(text);
      }
      json.writeEndArray();
      json.writeStringField("encoding_format", "base64");
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /** Value of the Authorization header, or null where TEI has no key. */
  public String authorization() {
    return apiKey.isEmpty() ? null : "Bearer " + apiKey;
  }

  /**
   * Value of {@code x-priority}: the embedded TEI lets interactive texts overtake others; a real
   * one ignores the header.
   */
  public String priority(EmbedBatch batch) {
    return batch.lane() == Lane.QUERY ? "interactive" : null;
  }

  /**
   * Hands each ticket its own vectors.
   *
   * @throws Problem EMBEDDER_FAILED when the answer does not hold one finite vector for each text
   */
  public void deliver(EmbedBatch batch, byte[] answer) {
    List<String> texts = batch.texts();
    List<float[]> vectors = EmbeddingsAnswer.parse(answer, texts.size());
    int from = 0;
    for (Ticket ticket : batch.tickets()) {
      int to = from + ticket.texts().size();
      ticket.vectors().complete(vectors.subList(from, to));
      from = to;
    }
  }

  /** Tells every ticket of the batch why it has no vectors. */
  public void fail(EmbedBatch batch, Throwable thrown) {
    Problem problem =
        thrown == null
            ? new Problem(ProblemKind.UNEXPECTED, "an embedding call ended without an answer")
            : Diagnosis.of(thrown);
    batch.tickets().forEach(ticket -> ticket.vectors().completeExceptionally(problem));
  }

  /** Whether the same call may succeed a moment later: overload, restart, lost connection. */
  public boolean passing(Throwable thrown) {
    return Diagnosis.of(thrown).passing();
  }

  /** Gives the call's slot back; exactly once for each batch, whatever became of it. */
  public void returned(EmbedBatch batch) {
    (batch.lane() == Lane.QUERY ? query : ingest).returned();
  }
}
