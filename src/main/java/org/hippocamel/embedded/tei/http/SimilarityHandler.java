package org.hippocamel.embedded.tei.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.InferResponse;

/** {@code POST /similarity}: the cosine of one sentence with each of the others, in [-1, 1]. */
final class SimilarityHandler implements Handler {
  private final Inference inference;

  SimilarityHandler(Inference inference) {
    this.inference = inference;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    SimilarityRequest body = SimilarityRequest.read(request.body());
    if (body.size() == 0) {
      throw inference.empty("inputs.sentences");
    }
    Input input = body.input();
    inference.checkBatch(input.items().size());
    return inference.run(
        request,
        input,
        body.call(input, request.lane(), inference.info().autoTruncate()),
        SimilarityHandler::write);
  }

  private static byte[] write(InferResponse response) {
    List<float[]> vectors = response.firstRows();
    float[] cosines = new float[vectors.size() - 1];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = cosine(vectors.get(0), vectors.get(i + 1));
    }
    return Json.write(json -> Json.vector(json, cosines));
  }

  private static float cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    if (dot == 0) {
      return aa == 0 && bb == 0 ? 1 : 0; // as the reference's library says of null vectors
    }
    return (float) (dot / Math.sqrt(aa * bb));
  }
}
