package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.lines;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hippocamel.config.Limits;
import org.hippocamel.embedding.Lane;
import org.hippocamel.ingest.DocumentFormat;
import org.hippocamel.ingest.Incoming;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.problem.Problem;
import org.hippocamel.recall.TestRecall;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestBodiesTest {
  private final Caller caller = Caller.of("acme", Role.WRITER);
  private final RestBodies bodies =
      new RestBodies(
          new InteractionsRequest(Limits.defaults(), Refusals.schema()),
          new RecallRequests(Limits.defaults(), Refusals.schema(), TestRecall.settings()),
          new DocumentRequest(Limits.defaults(), Refusals.schema()),
          new EmbeddingsRequest(Limits.defaults(), TestSpaces.active(TestSpaces.small())));

  @ParameterizedTest
  @CsvSource({"1, QUERY", "8, QUERY", "9, INGEST"})
  void remember_waitsForAFew_andTakesMoreAsBulk(int count, Lane lane) {
    String array =
        "[" + String.join(",", Collections.nCopies(count, "{'agent_id':'a','text':'t'}")) + "]";
    RememberRequest request = bodies.remember(bodies.interactions(body(array), null), caller);
    assertEquals(lane, request.lane());
    assertEquals("acme", request.tenant());
    assertEquals(count, request.drafts().size());
  }

  @Test
  void remember_leavesFaultyInteractionsOut() {
    Interactions read =
        bodies.interactions(body("[{'agent_id':'a','text':'t'},{'agent_id':'a'}]"), null);
    assertEquals(1, bodies.remember(read, caller).drafts().size());
    assertEquals(
        List.of("/1/text: text is required"), lines(read.rejected().get(0).problem().errors()));
  }

  @Test
  void searches_areScopedToTheCallersTenant() {
    assertEquals("acme", bodies.search(body("{'query':'q'}"), caller).question().scope().tenant());
    assertEquals(
        Set.of(Kind.INTERACTION),
        bodies.searchInteractions(body("{'query':'q'}"), caller).question().scope().kinds());
  }

  @Test
  void document_isOneOfTheTenant() {
    Incoming incoming =
        bodies.document(
            body(
                "{'uri':'handbook/refunds.md','title':'Refunds','text':'# A é',"
                    + "'metadata':{'year':2026},'agent_id':'librarian'}"),
            caller);
    assertEquals("acme", incoming.tenant());
    assertEquals("handbook/refunds.md", incoming.uri());
    assertEquals("Refunds", incoming.title());
    assertEquals(DocumentFormat.MARKDOWN, incoming.format());
    assertEquals(Map.of("year", 2026L), incoming.metadata());
    assertEquals("librarian", incoming.agentId());
    assertEquals("# A é", text(incoming));
    assertEquals("# A é", text(incoming), "it is read twice");
  }

  @Test
  void document_isPlainTextUnlessItsNameSaysOtherwise() {
    Incoming incoming = bodies.document(body("{'uri':'note','text':'t'}"), caller);
    assertEquals(DocumentFormat.TEXT, incoming.format());
    assertNull(incoming.title());
  }

  @Test
  void file_isReadByItsExtension_withTheFieldsBesideIt() {
    DocumentUpload upload =
        bodies.upload(
            Map.of(
                "CamelFileName",
                "Notes.CSV",
                "metadata",
                "{\"topic\":\"x\"}",
                "agent_id",
                "librarian"));
    Incoming incoming = bodies.file("text\na".getBytes(StandardCharsets.UTF_8), upload, caller);
    assertEquals(DocumentFormat.CSV, incoming.format());
    assertEquals("Notes.CSV", incoming.uri());
    assertEquals(Map.of("topic", "x"), incoming.metadata());
    assertEquals("librarian", incoming.agentId());
    assertEquals("text\na", text(incoming));
  }

  @Test
  void file_isRefusedWithoutAFile() {
    assertEquals(
        List.of("/file: the form has no file; send one in the field \"file\""),
        refused(() -> bodies.file(new byte[0], bodies.upload(Map.of()), caller)));
  }

  @Test
  void file_isRefusedWhereItsNameCouldNotBeAUri() {
    assertEquals(
        List.of("/file: file must not contain control characters, has one at character 1"),
        refused(
            () ->
                bodies.file(
                    new byte[1], bodies.upload(Map.of("CamelFileName", "a\n.md")), caller)));
    assertEquals(
        List.of("/file: file has 1003 characters, the limit is 1000"),
        refused(
            () ->
                bodies.file(
                    new byte[1],
                    bodies.upload(Map.of("CamelFileName", "x".repeat(1_000) + ".md")),
                    caller)));
  }

  @Test
  void file_isRefusedWithAnUnknownExtension() {
    Problem problem =
        assertThrows(
            Problem.class,
            () ->
                bodies.file(new byte[1], bodies.upload(Map.of("CamelFileName", "a.exe")), caller));
    assertEquals(
        "extension \".exe\" is not known; use one of .md, .markdown, .txt, .text, .jsonl, .ndjson,"
            + " .json, .csv",
        problem.getMessage());
  }

  private static String text(Incoming incoming) {
    try (var content = incoming.content().open()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
