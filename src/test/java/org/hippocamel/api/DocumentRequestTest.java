package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class DocumentRequestTest {
  private final DocumentRequest request = new DocumentRequest(Limits.defaults(), Refusals.schema());

  @Test
  void parse_readsEveryField() {
    assertEquals(
        new DocumentText("a.md", "A", "# A", Map.of("year", 2026L), "librarian"),
        request.parse(
            body(
                "{'uri':'a.md','title':'A','text':'# A','metadata':{'year':2026},"
                    + "'agent_id':'librarian'}")));
  }

  @Test
  void parse_reportsAllFaults() {
    assertEquals(
        List.of(
            "/tenant: the tenant comes from the API key",
            "/uri: uri must not contain control characters, has one at character 1",
            "/title: title has 501 characters, the limit is 500",
            "/text: text is required",
            "/metadata/$a: metadata field name \"$a\" must not start with \"$\"",
            "/txt: unknown field \"txt\"; did you mean \"text\"?"),
        refused(
            () ->
                request.parse(
                    body(
                        "{'uri':'a\\nb','txt':'x','tenant':'t','metadata':{'$a':1},'title':'"
                            + "t".repeat(501)
                            + "'}"))));
  }

  @Test
  void parse_boundsTheText() {
    DocumentRequest small =
        new DocumentRequest(new Limits(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9), Refusals.schema());
    assertEquals(
        List.of("/text: text has 10 characters, the limit is 9 (limits.max-document-chars)"),
        refused(() -> small.parse(body("{'uri':'a','text':'0123456789'}"))));
  }

  @Test
  void form_readsFieldsBesideAFile() {
    assertEquals(
        new DocumentForm(Map.of("topic", "x"), "a"), request.form("{\"topic\":\"x\"}", "a"));
    assertEquals(new DocumentForm(Map.of(), null), request.form(null, ""));
  }

  @Test
  void form_refusesBadFields() {
    assertEquals(
        List.of(
            "/metadata: metadata must be an object, is a list",
            "/agent_id: agent_id must not be empty"),
        refused(() -> request.form("[1]", " ")));
    Problem broken = assertThrows(Problem.class, () -> request.form("{", null));
    assertEquals(ProblemKind.MALFORMED, broken.kind());
    assertEquals(
        "the form field metadata is not JSON at line 1, column 2: it ends too early",
        broken.getMessage());
  }
}
