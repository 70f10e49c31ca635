package org.hippocamel.rerank;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Peer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** One call of TEI's {@code POST /rerank}. */
public final class RerankCall {
  private static final JsonFactory JSON = new JsonFactory();

  private final String apiKey;
  private final Reranker reranker;

  /**
   * @param apiKey the reranker's key, empty for none
   */
  public RerankCall(String apiKey, Reranker reranker) {
    this.apiKey = apiKey;
    this.reranker = reranker;
  }

  /** Value of the Authorization header, or null where the reranker has no key. */
  public String authorization() {
    return apiKey.isEmpty() ? null : "Bearer " + apiKey;
  }

  /**
   * Request body for the texts of a part, in order. What is too long for the model is cut, the
   * longer one of query and text first: TEI would refuse the whole call otherwise, up to 1.8 by
   * default.
   */
  public byte[] request(RerankPart part) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("query", part.query());
      json.writeArrayFieldStart("texts");
      for (String text : part.texts()) {
        json.writeString(text);
      }
      json.writeEndArray();
      json.writeBooleanField("raw_scores", false);
      json.writeBooleanField("truncate", true);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /**
   * Keeps the scores of a part.
   *
   * @param tokens what the server counted, or null
   * @throws Problem RERANKER_FAILED when the answer does not hold one score for each text
   */
  public void deliver(RerankPart part, byte[] answer, String tokens) {
    float[] scores = RerankAnswer.parse(answer, part.size());
    reranker.answered(part);
    part.score(scores, number(tokens));
  }

  private static int number(String tokens) {
    return tokens == null || !tokens.matches("\\d{1,9}") ? 0 : Integer.parseInt(tokens);
  }

  /**
   * Whether the connection was lost, and so another may do.
   *
   * @param part what was asked for; null where no call was made
   */
  public boolean lost(RerankPart part, Throwable thrown) {
    return part != null
        && Diagnosis.status(thrown).isEmpty()
        && Diagnosis.of(thrown, Peer.RERANKER).kind() == ProblemKind.UNAVAILABLE;
  }

  /** Whether somebody still waits, and there may be kept connections that nobody has tried. */
  public boolean again(RerankPart part) {
    return part.awaited() && part.tries() <= reranker.limits().calls();
  }

  /** Whether the refusal may be due to one of several texts. */
  public boolean divisible(RerankPart part, Throwable thrown) {
    return Diagnosis.mayBeOneText(thrown) && part.mayHalve();
  }

  /** The halves of a part that was refused. */
  public List<RerankPart> halves(RerankPart part) {
    return part.halves();
  }

  /**
   * Keeps why there are no scores: of the only text of a part, if that may be at fault, else of the
   * whole request.
   */
  public void refuse(RerankPart part, Throwable thrown) {
    Problem problem = Diagnosis.of(thrown, Peer.RERANKER);
    OptionalInt status = Diagnosis.status(thrown);
    if (part.size() == 1 && Diagnosis.mayBeOneText(thrown)) {
      part.refuse(problem, status);
    } else {
      part.fail(problem, status);
    }
  }

  /** Whether neither the server nor the network is to blame. */
  public boolean unexpected(Throwable thrown) {
    return Diagnosis.of(thrown, Peer.RERANKER).kind() == ProblemKind.UNEXPECTED;
  }
}
