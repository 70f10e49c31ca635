package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    assertEquals(List.of(0, 0, 10), shares(10, List.of("a", "bb", "x".repeat(30))));
    assertEquals(List.of(3, 3, 4), shares(10, List.of("same", "same", "same")));
  }

  @Test
  void tokens_addUp_whateverTheTexts() {
    Random random = new Random(2_026);
    for (int round = 0; round < 2_000; round++) {
      int most = random.nextInt(4) == 0 ? 400_000 : 300;
      List<String> texts =
          IntStream.range(0, 1 + random.nextInt(40))
              .mapToObj(i -> "x".repeat(1 + random.nextInt(most / 40)))
              .toList();
      int tokens = random.nextInt(random.nextInt(10) == 0 ? Integer.MAX_VALUE : 20_000);
      List<Integer> shares = shares(tokens, texts);
      assertEquals(tokens, shares.stream().mapToInt(share -> share).sum());
      double chars = texts.stream().mapToInt(String::length).sum();
      for (int i = 0; i < texts.size(); i++) {
        double fair = tokens * (texts.get(i).length() / chars);
        assertEquals(fair, shares.get(i), 1, "share of text " + i);
      }
    }
  }

  @Test
  void tokens_ofAServerThatCountsNone() {
    assertEquals(List.of(0, 0), shares(-7, List.of("a", "b")));
    assertEquals(0, parsed(data(item(0, 1f)), 1).tokens());
  }

  @Test
  void tokens_areThoseOfTheWholeCall_alsoWhereATextIsRefused() {
    String answer = usage(10, data(item(0, 1f), numbers(1, "null")));
    assertEquals(10, parsed(answer, 2).tokens());
    assertEquals(List.of(5, 0), parse(answer, 2).stream().map(Embedding::tokens).toList());
  }

  private static List<Integer> shares(int tokens, List<String> texts) {
    String[] items =
        IntStream.range(0, texts.size()).mapToObj(i -> item(i, 1f)).toArray(String[]::new);
    byte[] answer = usage(tokens, data(items)).getBytes(StandardCharsets.UTF_8);
    return EmbeddingsAnswer.parse(answer, texts, name -> {}).embeddings().stream()
        .map(Embedding::tokens)
        .toList();
  }

  /**
   * Every float comes back with the same bits, whoever wrote it and however many digits it took.
   */
  @Test
  void parse_readsNumbersToTheSameBits() {
    Random random = new Random(768);
    float[] vector = new float[20_000];
    for (int i = 0; i < vector.length; i++) {
      do {
        vector[i] =
            i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) random.nextGaussian();
      } while (!Float.isFinite(vector[i]));
    }
    String shortest = numbers(vector, value -> NumberOutput.toString(value, true));
    assertArrayEquals(vector, vectorOf(shortest));
    assertArrayEquals(vector, vectorOf(numbers(vector, value -> Float.toString(value))));
    assertArrayEquals(vector, vectorOf(numbers(vector, value -> Double.toString(value))));
    String exact = numbers(vector, value -> new BigDecimal(value).toPlainString());
    assertArrayEquals(vector, vectorOf(exact));
  }

  @Test
  void parse_readsNumbersAsServersWriteThem() {
    assertArrayEquals(
        new float[] {0, -0f, 1, -1, 0.5f, 1e-5f, 25_000_000f, 1.1754944e-38f, 1},
        vectorOf("[0,-0.0,1, -1.0,0.5,1e-5,2.5E+7,1.1754944e-38,1.0000000000000000000001]"));
  }

  @Test
  void parse_readsNumbersAndBase64SideBySide() {
    String numbers = "{\"embedding\":[0.25,-3],\"object\":\"embedding\",\"index\":1}";
    List<Embedding> answers = parse(data(numbers, item(0, 1f, 2f)), 2);
    assertArrayEquals(new float[] {1, 2}, answers.get(0).orThrow());
    assertArrayEquals(new float[] {0.25f, -3}, answers.get(1).orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[null,1]", "[1,null]", "[null,null]", "[NaN,1]", "[1,-Infinity]", "[1,1e99]"})
  void parse_refusesTheOneVectorWithANumberThatIsNone(String bad) {
    List<Embedding> answers = parse(data(item(0, 1f, 2f), numbers(1, bad), item(2, 3f, 4f)), 3);
    assertArrayEquals(new float[] {1, 2}, answers.get(0).orThrow());
    assertEquals(
        "the embedder answered with a vector with NaN or infinite values",
        answers.get(1).refusal().getMessage());
    assertArrayEquals(new float[] {3, 4}, answers.get(2).orThrow());
  }

  @Test
  void parse_refusesTheOneTextWithoutAVector() {
    for (int at = 0; at < 3; at++) {
      String[] items = {item(0, 1f, 2f), item(1, 3f, 4f), item(2, 5f, 6f)};
      items[at] = numbers(at, "null");
      List<Embedding> answers = parse(data(items), 3);
      for (int i = 0; i < 3; i++) {
        Problem refusal = answers.get(i).refusal();
        assertEquals(i == at, refusal != null);
        if (refusal != null) {
          assertEquals(ProblemKind.EMBEDDER_FAILED, refusal.kind());
          assertEquals("the embedder answered with null instead of a vector", refusal.getMessage());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,\"2\"]", "[[1,2]]", "[{}]", "[true]", "true", "12", "{\"a\":1}"})
  void parse_refusesWhatIsNoVector(String bad) {
    assertEquals(
        "the embedder answered with an embedding that is neither numbers nor base64",
        refused(data(numbers(0, bad)), 1));
  }

  @Test
  void parse_refusesAnIndexThatIsNoWholeNumber() {
    for (String index : List.of("\"first\"", "null", "[0]", "true", "-1", "1")) {
      String item = "{\"embedding\":[1],\"index\":" + index + "}";
      assertEquals(
          "the embedder answered with an embedding with index "
              + (index.equals("1") ? 1 : -1)
              + " for 1 texts",
          refused(data(item), 1));
    }
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
    return parsed(answer, count).embeddings();
  }

  private static EmbeddingsAnswer parsed(String answer, int count) {
    return EmbeddingsAnswer.parse(
        answer.getBytes(StandardCharsets.UTF_8), Collections.nCopies(count, "text"), name -> {});
  }

  private static String data(String... items) {
    return "{\"data\":[" + String.join(",", items) + "]}";
  }

  private static String item(int index, float... vector) {
    return "{\"index\":" + index + ",\"embedding\":\"" + base64(vector) + "\"}";
  }

  private static String usage(int tokens, String data) {
    return "{\"usage\":{\"prompt_tokens\":" + tokens + "}," + data.substring(1);
  }

  private static String numbers(int index, String embedding) {
    return "{\"embedding\":" + embedding + ",\"index\":" + index + "}";
  }

  private static String numbers(float[] vector, Function<Float, String> writer) {
    return IntStream.range(0, vector.length)
        .mapToObj(i -> writer.apply(vector[i]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static float[] vectorOf(String embedding) {
    return parse(data(numbers(0, embedding)), 1).get(0).orThrow();
  }

  private static String base64(float... vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
