package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hippocamel.config.Limits;
import org.junit.jupiter.api.Test;

class RerankRequestsTest {
  private final RerankRequests requests = new RerankRequests(Limits.defaults(), 3);

  @Test
  void parse_takesTextsAndObjects() {
    Ranking asked = parse("{'query':'q','documents':['one',{'text':'two'},'']}");
    assertEquals("q", asked.request().query());
    assertEquals(List.of("one", "two", ""), asked.request().texts());
    assertTrue(asked.request().patient());
    assertTrue(asked.withDocuments());
    assertTrue(asked.top() >= 3);
    assertEquals(asked.request(), requests.texts(asked));
  }

  @Test
  void parse_takesWhatClientsOfOtherServicesSend() {
    Ranking asked =
        parse(
            "{'model':'jina-reranker-v2-base-multilingual','query':'q','documents':['a'],"
                + "'top_n':1,'return_documents':false,'max_tokens_per_doc':4096,"
                + "'max_chunks_per_doc':null}");
    assertEquals(1, asked.top());
    assertFalse(asked.withDocuments());
  }

  @Test
  void parse_namesEveryFault() {
    assertEquals(
        List.of(
            "/query: query is required",
            "/documents/0: a document must be a string or an object with text, is a number",
            "/documents/1/text: text is required",
            "/documents/1/texts: unknown field \"texts\"; did you mean \"text\"?",
            "/documents/2/text: a document is not Unicode: half a surrogate pair at character 1",
            "/top_n: top_n 0 is below 1",
            "/return_documents: return_documents must be true or false, is the string \"yes\"",
            "/rank_fields: unknown field \"rank_fields\""),
        refusals(
            "{'documents':[1,{'texts':'x'},{'text':'a\\ud800'}],'top_n':0,"
                + "'return_documents':'yes','rank_fields':['text']}"));
  }

  @Test
  void parse_keepsBounds() {
    assertEquals(
        List.of("/documents: documents must hold 1 to 3 (rerank.max-documents) texts, it holds 4"),
        refusals("{'query':'q','documents':['','','','']}"));
    assertEquals(
        List.of("/documents: documents must hold 1 to 3 (rerank.max-documents) texts, it holds 0"),
        refusals("{'query':'q','documents':[]}"));
    assertEquals(
        List.of("/documents: documents must be a list, is a string"),
        refusals("{'query':'q','documents':'a'}"));
    assertEquals(
        List.of(
            "/query: query has 8001 characters, the limit is 8000 (limits.max-query-chars)",
            "/documents/0: a document has 32001 characters, the limit is 32000"
                + " (limits.max-text-chars)"),
        refusals(
            "{'query':'" + "q".repeat(8_001) + "','documents':['" + "d".repeat(32_001) + "']}"));
  }

  private Ranking parse(String body) {
    return requests.parse(Refusals.body(body));
  }

  private List<String> refusals(String body) {
    return Refusals.refused(() -> parse(body));
  }
}
