package org.hippocamel.embedded.tei.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hippocamel.embedded.tei.core.ModelType;

/**
 * Where a graph gives what is wanted of it; null where it does not. Made once, when it is loaded,
 * and with it the inputs are checked.
 *
 * @param pooled a vector per text, taken as it is
 * @param tokens a vector per token
 * @param logits a score per label
 */
record Outputs(String pooled, String tokens, String logits) {
  private static final Set<String> INPUTS =
      Set.of("input_ids", "attention_mask", "token_type_ids", "input_type", "position_ids");

  /**
   * @throws IllegalStateException naming the input or output that does not fit, to follow the
   *     model's name
   */
  static Outputs of(OrtSession session, ModelType type) throws OrtException {
    checkInputs(session.getInputInfo());
    Map<String, NodeInfo> all = session.getOutputInfo();
    Outputs found =
        type instanceof ModelType.Classifier
            ? new Outputs(null, null, first(all, "logits"))
            : new Outputs(
                first(all, "sentence_embedding"),
                first(all, "last_hidden_state", "token_embeddings"),
                null);
    if (found.pooled == null && found.tokens == null && found.logits == null) {
      throw new IllegalStateException(
          "has the outputs %s, but %s is wanted"
              .formatted(
                  new TreeSet<>(all.keySet()),
                  type instanceof ModelType.Classifier
                      ? "`logits`"
                      : "`sentence_embedding`, `last_hidden_state` or `token_embeddings`"));
    }
    return found;
  }

  private static void checkInputs(Map<String, NodeInfo> inputs) {
    if (!inputs.containsKey("input_ids")) {
      throw new IllegalStateException("has no input `input_ids`");
    }
    inputs.forEach(
        (name, info) -> {
          if (!INPUTS.contains(name)) {
            throw new IllegalStateException(
                "wants the input `%s`, but only input_ids, attention_mask, token_type_ids and"
                        .formatted(name)
                    + " position_ids are given");
          }
          expect("input", name, info, OnnxJavaType.INT64);
        });
  }

  private static String first(Map<String, NodeInfo> outputs, String... names) {
    for (String name : names) {
      if (outputs.containsKey(name)) {
        expect("output", name, outputs.get(name), OnnxJavaType.FLOAT);
        return name;
      }
    }
    return null;
  }

  private static void expect(String kind, String name, NodeInfo info, OnnxJavaType wanted) {
    Object type = info.getInfo() instanceof TensorInfo tensor ? tensor.type : "no tensor";
    if (type != wanted) {
      throw new IllegalStateException(
          "has the %s `%s` as %s, but only %s is served".formatted(kind, name, type, wanted));
    }
  }
}
