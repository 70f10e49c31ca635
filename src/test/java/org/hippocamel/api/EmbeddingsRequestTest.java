package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.hippocamel.config.Limits;
import org.junit.jupiter.api.Test;

class EmbeddingsRequestTest {
  private final EmbeddingsRequest request = new EmbeddingsRequest(Limits.defaults());

  @Test
  void parse_readsATextOrAList() {
    assertEquals(new Embeddings(List.of("a"), false, null), request.parse(body("{'input':'a'}")));
    assertEquals(
        new Embeddings(List.of("a", "b"), true, 384),
        request.parse(
            body(
                "{'input':['a','b'],'model':'text-embedding-3-small','user':'u',"
                    + "'encoding_format':'base64','dimensions':384}")));
  }

  @Test
  void parse_refusesTokens() {
    List<String> fault =
        List.of("/input: input must hold texts; token arrays are not taken, send the text itself");
    assertEquals(fault, refused(() -> request.parse(body("{'input':[1,2]}"))));
    assertEquals(fault, refused(() -> request.parse(body("{'input':[[1,2],[3]]}"))));
  }

  @Test
  void parse_refusesNothingAndTooMuch() {
    assertEquals(
        List.of("/input: input must hold 1 to 1000 (limits.max-items) texts, it holds 0"),
        refused(() -> request.parse(body("{'input':[]}"))));
    String many = String.join(",", Collections.nCopies(1_001, "'a'"));
    assertEquals(
        List.of("/input: input must hold 1 to 1000 (limits.max-items) texts, it holds 1001"),
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
                request.parse(
                    body("{'input':['a',' ','" + "x".repeat(32_001) + "','b\\ud83d']}"))));
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
