package org.hippocamel.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Why an embeddings request fails as a whole. A text that the embedder refuses for itself is the
 * caller's fault and said as such: OpenAI's clients would send the same request again and again for
 * a fault of the server.
 */
final class RefusedTexts {
  /** Empty, too long (422 since TEI 1.9, 413 before), not for this tokenizer. */
  private static final Set<Integer> OF_THE_TEXT = Set.of(400, 413, 422);

  private RefusedTexts() {}

  /**
   * Lets pass what has a vector for each text.
   *
   * @param dimensions length of the model's vectors
   * @throws Problem INVALID pointing at each text that the embedder refuses; else the first
   *     refusal; EMBEDDER_FAILED when a vector is of another length, so of another model
   */
  static void check(List<Embedding> embeddings, int dimensions) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < embeddings.size(); i++) {
      Problem refusal = embeddings.get(i).refusal();
      if (refusal != null && ofTheText(refusal)) {
        String detail = "the text at index " + i + " is refused: " + refusal.getMessage();
        errors.add(new FieldError(Pointer.child("/input", i), detail));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    for (Embedding embedding : embeddings) {
      int length = embedding.orThrow().length;
      if (length != dimensions) {
        throw new Problem(
            ProblemKind.EMBEDDER_FAILED,
            "the embedder answered with a vector of "
                + length
                + " values instead of "
                + dimensions);
      }
    }
  }

  private static boolean ofTheText(Problem refusal) {
    return OF_THE_TEXT.contains(Diagnosis.status(refusal.getCause()).orElse(0));
  }
}
