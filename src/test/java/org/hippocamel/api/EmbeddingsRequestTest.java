package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;

class EmbeddingsRequestTest {
  private final EmbeddingsRequest request = request(0);

  /** For a model of three dimensions. */
  private static EmbeddingsRequest request(int minDimensions) {
    Limits limits =
        new Limits(
            32_000, 4_000_000, 1_000, 2_048, minDimensions, 64, 2_000, 200, 8_000, 200, 8, 128);
    return new EmbeddingsRequest(limits, TestSpaces.active(TestSpaces.small()));
  }

  @Test
  void parse_readsATextOrAList() {
    assertEquals(
        new Embeddings(List.of("a"), false, 3, "m-3"), request.parse(body("{'input':'a'}")));
    assertEquals(
        new Embeddings(List.of("a", " "), true, 3, "m-3"),
        request.parse(
            body(
                "{'input':['a',' '],'model':'text-embedding-3-small','user':'u',"
                    + "'encoding_format':'base64','dimensions':3}")));
  }

  @Test
  void parse_refusesTokens() {
    List<String> fault =
        List.of(
            "/input: input holds token ids, which are those of another model's tokenizer: send the"
                + " texts themselves (LangChain for Python: check_embedding_ctx_length=False)");
    assertEquals(fault, refused(() -> request.parse(body("{'input':[1,2]}"))));
    assertEquals(fault, refused(() -> request.parse(body("{'input':[[1,2],[3]]}"))));
  }

  @Test
  void parse_refusesWhatIsNoText() {
    assertEquals(
        List.of("/input: input must be a text or a list of texts, is a number"),
        refused(() -> request.parse(body("{'input':7}"))));
    assertEquals(
        List.of(
            "/input/1: input must hold texts, not null",
            "/input/2: input must hold texts, not a list",
            "/input/3: input must hold texts, not an object"),
        refused(() -> request.parse(body("{'input':['a',null,[1],{'text':'b'}]}"))));
    assertEquals(
        List.of("/input: a text of input must not be empty"),
        refused(() -> request.parse(body("{'input':''}"))));
  }

  @Test
  void parse_knowsTheLengthsThatTheModelGives() {
    assertEquals(
        List.of(
            "/dimensions: dimensions 2 is not what the served model gives: 3; leave the field out,"
                + " or set limits.min-dimensions for a Matryoshka model"),
        refused(() -> request.parse(body("{'input':'a','dimensions':2}"))));
    assertEquals(2, request(2).parse(body("{'input':'a','dimensions':2}")).dimensions());
    for (int other : new int[] {1, 4}) {
      assertEquals(
          List.of(
              "/dimensions: dimensions "
                  + other
                  + " is not what the served model gives: 2 (limits.min-dimensions) to 3"),
          refused(() -> request(2).parse(body("{'input':'a','dimensions':" + other + "}"))));
    }
    assertEquals(
        List.of("/dimensions: dimensions 0 is below 1"),
        refused(() -> request.parse(body("{'input':'a','dimensions':0}"))));
  }

  @Test
  void parse_waitsForAModel_butTellsMistakesBefore() {
    EmbeddingsRequest early = new EmbeddingsRequest(Limits.defaults(), new ActiveSpace());
    assertEquals(1, refused(() -> early.parse(body("{'input':[]}"))).size());
    assertEquals(
        ProblemKind.UNAVAILABLE,
        assertThrows(Problem.class, () -> early.parse(body("{'input':'a'}"))).kind());
  }

  @Test
  void parse_refusesNothingAndTooMuch() {
    assertEquals(
        List.of("/input: input must hold 1 to 2048 (limits.max-inputs) texts, it holds 0"),
        refused(() -> request.parse(body("{'input':[]}"))));
    String many = String.join(",", Collections.nCopies(2_049, "'a'"));
    assertEquals(
        List.of("/input: input must hold 1 to 2048 (limits.max-inputs) texts, it holds 2049"),
        refused(() -> request.parse(body("{'input':[" + many + "]}"))));
    assertEquals(List.of("/input: input is required"), refused(() -> request.parse(body("{}"))));
  }

  @Test
  void parse_pointsAtEveryTextAtFault() {
    assertEquals(
        List.of(
            "/input/1: a text of input must not be empty",
            "/input/2: a text of input has 32001 characters, the limit is 32000"
                + " (limits.max-text-chars)",
            "/input/3: a text of input is not Unicode: half a surrogate pair at character 1"),
        refused(
            () ->
                request.parse(body("{'input':['a','','" + "x".repeat(32_001) + "','b\\ud83d']}"))));
  }

  @Test
  void parse_namesOtherFaultsToo() {
    assertEquals(
        List.of(
            "/encoding_format: encoding_format \"int8\" is not one of float, base64",
            "/inputs: unknown field \"inputs\"; did you mean \"input\"?"),
        refused(() -> request.parse(body("{'input':'a','encoding_format':'int8','inputs':'b'}"))));
  }
}
