package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsAnswerTest {
  @Test
  void parse_readsWhatTeiSends() {
    String answer =
        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"embedding\":\""
            + base64(0.5f, -1.25f)
            + "\",\"index\":0}],\"model\":\"m\",\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}";
    assertArrayEquals(new float[] {0.5f, -1.25f}, parse(answer, 1).get(0).orThrow());
  }

  @Test
  void parse_ordersByIndex() {
    String answer = data(item(2, 3f), item(0, 1f), item(1, 2f));
    assertEquals(
        List.of(1f, 2f, 3f), parse(answer, 3).stream().map(one -> one.vector()[0]).toList());
  }

  @Test
  void tokens_areSharedByLength_andAddUpToTeisCount() {
    String answer =
        "{\"usage\":{\"prompt_tokens\":10,\"total_tokens\":10},"
            + data(item(0, 1f), item(1, 1f), item(2, 1f)).substring(1);
    List<Embedding> shares =
        EmbeddingsAnswer.parse(
            answer.getBytes(StandardCharsets.UTF_8),
            List.of("a", "bb", "x".repeat(30)),
            name -> {});
    assertEquals(10, shares.stream().mapToInt(Embedding::tokens).sum());
    assertEquals(List.of(0, 0, 10), shares.stream().map(Embedding::tokens).toList());
  }

  @Test
  void parse_answersNothingForNothing() {
    assertEquals(List.of(), parse("{\"data\":[]}", 0));
  }

  @Test
  void parse_refusesTooFew() {
    assertEquals(
        "the embedder answered with no embedding for text 1 of 2", refused(data(item(0, 1f)), 2));
    assertEquals("the embedder answered with no embedding for text 0 of 1", refused("{}", 1));
  }

  @Test
  void parse_refusesTooMany() {
    assertEquals(
        "the embedder answered with an embedding with index 1 for 1 texts",
        refused(data(item(0, 1f), item(1, 1f)), 1));
  }

  @Test
  void parse_refusesTheSameIndexTwice() {
    assertEquals(
        "the embedder answered with an embedding with index 0 for 2 texts",
        refused(data(item(0, 1f), item(0, 1f)), 2));
  }

  @Test
  void parse_refusesAnItemWithoutIndex() {
    assertEquals(
        "the embedder answered with an embedding with index -1 for 1 texts",
        refused(data("{\"embedding\":\"" + base64(1f) + "\"}"), 1));
  }

  @Test
  void parse_refusesVectorsOfDifferentLengths() {
    assertEquals(
        "the embedder answered with vectors of different lengths",
        refused(data(item(0, 1f), item(1, 1f, 2f)), 2));
  }

  @Test
  void parse_refusesEmptyVectors() {
    assertEquals(
        "the embedder answered with an empty vector for text 0", refused(data(item(0)), 1));
  }

  @Test
  void parse_refusesHalfAFloat() {
    String five = Base64.getEncoder().encodeToString(new byte[5]);
    assertEquals(
        "the embedder answered with a vector of 5 bytes, which are no floats",
        refused(data("{\"index\":0,\"embedding\":\"" + five + "\"}"), 1));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void parse_refusesTheOneVectorThatIsNotFinite(float bad) {
    List<Embedding> answers = parse(data(item(0, 1f, 2f), item(1, 1f, bad)), 2);
    assertEquals(2f, answers.get(0).orThrow()[1]);
    assertEquals(
        "the embedder answered with a vector with NaN or infinite values",
        answers.get(1).refusal().getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>", "{\"data\":[{", "{\"data\":[{\"index\":0,\"embedding\":\"%\"}]}"})
  void parse_refusesWhatIsNotJson(String answer) {
    assertEquals("the embedder's answer is not embeddings JSON", refused(answer, 1));
  }

  private static String refused(String answer, int count) {
    Problem problem = assertThrows(Problem.class, () -> parse(answer, count));
    assertEquals(ProblemKind.EMBEDDER_FAILED, problem.kind());
    return problem.getMessage();
  }

  private static List<Embedding> parse(String answer, int count) {
    return EmbeddingsAnswer.parse(
        answer.getBytes(StandardCharsets.UTF_8), Collections.nCopies(count, "text"), name -> {});
  }

  private static String data(String... items) {
    return "{\"data\":[" + String.join(",", items) + "]}";
  }

  private static String item(int index, float... vector) {
    return "{\"index\":" + index + ",\"embedding\":\"" + base64(vector) + "\"}";
  }

  private static String base64(float... vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
