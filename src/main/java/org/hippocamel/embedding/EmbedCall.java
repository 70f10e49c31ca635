package org.hippocamel.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;

/**
 * One call of TEI's {@code POST /v1/embeddings} in base64: eight times cheaper to read than JSON
 * numbers, and the same bits.
 */
public final class EmbedCall {
  private static final JsonFactory JSON = new JsonFactory();

  private volatile BatchTraces traces = BatchTraces.NONE;

  /** Request body for the texts of a part, in order. */
  public byte[] request(EmbedPart part) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeArrayFieldStart("input");
      for (String text : part.texts()) {
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

  /**
   * Value of {@code x-priority}: the embedded TEI lets interactive texts overtake others; a real
   * one ignores the header.
   */
  public String priority(EmbedPart part) {
    return part.batch().lane() == Lane.QUERY ? "interactive" : null;
  }

  /** All texts of a batch that somebody still waits for. */
  public EmbedPart whole(EmbedBatch batch) {
    EmbedPart whole = batch.whole();
    batch.traced(traces);
    return whole;
  }

  /** From now on this one follows every batch. */
  public void tell(BatchTraces following) {
    traces = following;
  }

  /**
   * Keeps the vectors of a part.
   *
   * @throws Problem EMBEDDER_FAILED when the answer does not hold one vector for each text,
   *     UNAVAILABLE when another model has answered than before
   */
  public void deliver(EmbedPart part, Turn turn, byte[] answer) {
    Replicas replicas = part.batch().embedder().replicas();
    EmbeddingsAnswer read =
        EmbeddingsAnswer.parse(answer, part.texts(), name -> replicas.answered(turn, name));
    int dimensions = replicas.dimensions();
    part.deliver(read.embeddings().stream().map(one -> one.ofLength(dimensions)).toList());
    part.answered(read.tokens(), replicas.textTokens(turn));
  }

  /** Whether the refusal may be due to one of several texts. */
  public boolean divisible(EmbedPart part, Throwable thrown) {
    return part.size() > 1 && Diagnosis.mayBeOneText(thrown);
  }

  /** The halves of a part that was refused. */
  public List<EmbedPart> halves(EmbedPart part) {
    return part.halves();
  }

  /** Keeps why the texts of a part have no vectors. */
  public void refuse(EmbedPart part, Throwable thrown) {
    part.refuse(Embedding.refused(Diagnosis.of(thrown)));
  }

  /** Answers every ticket of a batch, whatever became of the call. */
  public void settle(EmbedBatch batch) {
    batch.settle();
  }

  /**
   * Whether the same call may succeed a moment later: overload, restart, lost connection.
   *
   * @param part what was asked for; null where no call was made, but a caller's wait has ended
   */
  public boolean passing(EmbedPart part, Throwable thrown) {
    return part != null && Diagnosis.of(thrown).passing();
  }

  /** Whether somebody still waits for this part. */
  public boolean awaited(EmbedPart part) {
    return part.batch().awaited();
  }

  /** Gives the call's slot back; exactly once for each batch, whatever became of it. */
  public void returned(EmbedBatch batch) {
    batch.embedder().flow(batch.lane()).returned();
  }
}
