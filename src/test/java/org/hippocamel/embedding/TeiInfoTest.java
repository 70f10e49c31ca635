package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class TeiInfoTest {
  @Test
  void parse_readsAnEmbeddingModel() {
    assertEquals(
        new TeiInfo("BAAI/bge-m3", "abc123", "last_token", 256, 64, 8_192, 65_536, false),
        parse(
            "{'model_id':'BAAI/bge-m3','model_sha':'abc123','model_dtype':'float16',"
                + "'served_model_name':'m3','model_type':{'embedding':{'pooling':'last_token'}},"
                + "'max_concurrent_requests':256,'max_input_length':8192,'max_batch_tokens':65536,"
                + "'max_batch_requests':null,'max_client_batch_size':64,'auto_truncate':false,"
                + "'tokenization_workers':4,'version':'1.9.3','sha':null,'docker_label':null}"));
  }

  @Test
  void parse_hasNoRevisionWhereTheServerWasGivenNone() {
    assertNull(parse("{'model_id':'m','model_sha':null,'model_type':{'embedding':{}}}").modelSha());
  }

  @Test
  void parse_takesTeisDefaultsWhereNothingIsSaid() {
    assertEquals(
        new TeiInfo("m", null, "cls", 512, 32, 512, 16_384, true),
        parse("{'model_id':'m','model_type':{'embedding':{}}}"));
  }

  @Test
  void parse_refusesAReranker() {
    assertEquals(
        "the server at tei.url does not serve an embedding model: its /info names model"
            + " BAAI/bge-reranker-base of type reranker",
        refused(
            "{'model_id':'BAAI/bge-reranker-base','model_type':{'reranker':"
                + "{'id2label':{'0':'LABEL_0'},'label2id':{'LABEL_0':0}}}}"));
  }

  @Test
  void parse_refusesAnotherServer() {
    assertEquals(
        "the server at tei.url does not serve an embedding model: its /info names model (none) of"
            + " type (none)",
        refused("{'status':'ok'}"));
  }

  @Test
  void parse_refusesWhatIsNotJson() {
    assertEquals("the server at tei.url answers /info with something else", refused("<html>"));
  }

  private static String refused(String body) {
    Problem problem = assertThrows(Problem.class, () -> parse(body));
    assertEquals(ProblemKind.EMBEDDER_FAILED, problem.kind());
    return problem.getMessage();
  }

  private static TeiInfo parse(String body) {
    return TeiInfo.parse(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
