package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hippocamel.config.Limits;
import org.hippocamel.evaluation.DatasetFolders;
import org.hippocamel.graph.TestGraphs;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.Cursor;
import org.hippocamel.recall.TestRecall;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final int MAX_DOCUMENTS = 1_000; // rerank.max-documents
  private static JsonNode api;

  @BeforeAll
  static void read() throws IOException {
    api =
        new ObjectMapper(
                YAMLFactory.builder()
                    .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .readTree(Path.of("api", "openapi.yaml").toFile());
  }

  @Test
  void document_isOpenApi3() {
    assertEquals("3.0.3", api.path("openapi").textValue());
    assertFalse(api.at("/info/title").asText().isEmpty());
    assertFalse(api.at("/info/version").asText().isEmpty());
  }

  @Test
  void operations_haveTheIdsOfTheRestVerbs() {
    Set<String> ids = new TreeSet<>();
    operations().forEach((name, operation) -> ids.add(operation.path("operationId").asText(name)));
    assertEquals(
        new TreeSet<>(
            Set.of(
                "post-interactions",
                "search-interactions",
                "post-documents",
                "post-embeddings",
                "post-rerank",
                "search-memories",
                "post-case",
                "activate-space",
                "retire-space",
                "post-reembed",
                "search-cases",
                "prompt-cases",
                "post-feedback",
                "import-cases",
                "export-cases",
                "get-uplift",
                "get-case",
                "post-outcome",
                "merge-case",
                "post-context",
                "get-memory",
                "delete-memory",
                "list-sources",
                "list-jobs",
                "post-evaluation",
                "get-evaluation-report",
                "get-job",
                "cancel-job",
                "pause-job",
                "resume-job",
                "delete-source",
                "list-spaces",
                "compare-spaces",
                "list-models",
                "get-stats",
                "get-health",
                "get-openapi")),
        ids);
    assertEquals(operations().size(), ids.size());
  }

  @Test
  void operations_sayWhatTheyDoAndHowTheyFail() {
    operations()
        .forEach(
            (name, operation) -> {
              assertFalse(operation.path("summary").asText().isEmpty(), name);
              assertFalse(operation.path("tags").isEmpty(), name);
              boolean open = name.endsWith("/health") || name.endsWith("/openapi.yaml");
              for (String status : List.of("401", "403", "500")) {
                assertEquals(!open, operation.path("responses").has(status), name + status);
              }
              assertEquals(
                  operation.has("requestBody"), operation.path("responses").has("400"), name);
            });
  }

  @Test
  void references_resolve() {
    List<String> references = new ArrayList<>();
    api.findValues("$ref").forEach(reference -> references.add(reference.textValue()));
    assertTrue(references.size() > 100);
    for (String reference : references) {
      assertTrue(reference.startsWith("#/components/"), reference);
      assertFalse(api.at(reference.substring(1)).isMissingNode(), reference);
    }
  }

  @Test
  void components_areAllUsed() {
    Set<String> used =
        api.findValues("$ref").stream().map(JsonNode::textValue).collect(Collectors.toSet());
    for (String sort : List.of("schemas", "responses", "parameters", "examples", "headers")) {
      api.at("/components/" + sort)
          .fieldNames()
          .forEachRemaining(
              name -> assertTrue(used.contains("#/components/" + sort + "/" + name), name));
    }
  }

  @Test
  void examples_suitTheirSchemas() {
    api.at("/components/schemas")
        .properties()
        .forEach(
            entry -> {
              assertTrue(entry.getValue().has("example"), entry.getKey() + " has no example");
              suits(entry.getValue().get("example"), entry.getValue(), entry.getKey());
            });
    int[] checked = {0};
    api.findParents("schema")
        .forEach(
            media -> {
              boolean header = !media.has("examples");
              assertTrue(media.has("example") || media.has("examples"), media.toString());
              if (header) {
                suits(media.get("example"), media.get("schema"), media.toString());
              }
              media
                  .path("examples")
                  .properties()
                  .forEach(
                      entry -> {
                        suits(
                            resolved(entry.getValue()).get("value"),
                            media.get("schema"),
                            entry.getKey());
                        checked[0]++;
                      });
            });
    assertTrue(checked[0] > 25, checked[0] + " examples");
  }

  @Test
  void problems_areThoseOfTheTable() {
    Set<String> types = new HashSet<>();
    api.at("/components/schemas/Problem/properties/type/enum")
        .forEach(type -> types.add(type.textValue()));
    assertEquals(
        Arrays.stream(ProblemKind.values())
            .map(kind -> "urn:hippocamel:problem:" + kind.word())
            .collect(Collectors.toSet()),
        types);
    Map<String, ProblemKind> kinds =
        Arrays.stream(ProblemKind.values())
            .collect(Collectors.toMap(kind -> "urn:hippocamel:problem:" + kind.word(), k -> k));
    for (JsonNode problem : api.findParents("detail")) {
      ProblemKind kind = kinds.get(problem.path("type").asText());
      if (kind != null) {
        assertEquals(kind.status(), problem.get("status").intValue());
        assertEquals(kind.title(), problem.get("title").textValue());
      }
    }
  }

  @Test
  void bounds_areTheShippedOnes() {
    Limits limits = Limits.defaults();
    assertEquals(limits.maxTextChars(), bound("Interaction/properties/text/maxLength"));
    assertEquals(limits.maxDocumentChars(), bound("Document/properties/text/maxLength"));
    assertEquals(limits.maxMetadataFields(), bound("Metadata/maxProperties"));
    assertEquals(limits.maxMetadataChars(), bound("MetadataValue/oneOf/0/maxLength"));
    assertEquals(limits.maxIdChars(), bound("Id/maxLength"));
    assertEquals(limits.maxQueryChars(), bound("MemorySearch/properties/query/maxLength"));
    assertEquals(limits.maxQueryChars(), bound("InteractionSearch/properties/query/maxLength"));
    assertEquals(limits.maxTextChars(), bound("CaseSent/properties/problem/maxLength"));
    assertEquals(limits.maxTextChars(), bound("CaseSent/properties/solution/maxLength"));
    assertEquals(limits.maxQueryChars(), bound("CaseSearch/properties/problem/maxLength"));
    assertEquals(limits.maxLimit(), bound("MemorySearch/properties/limit/maximum"));
    assertEquals(limits.maxLimit(), bound("InteractionSearch/properties/limit/maximum"));
    assertEquals(limits.maxQueryChars(), bound("ContextRequest/properties/query/maxLength"));
    assertEquals(TestGraphs.context().maxK(), bound("ContextRequest/properties/k/maximum"));
    assertEquals(
        TestGraphs.context().maxTokenBudget(),
        bound("ContextRequest/properties/token_budget/maximum"));
    assertEquals(TestRecall.settings().maxPool(), bound("Pool/maximum"));
    assertEquals(Cursor.MAX_CHARS, bound("Cursor/maxLength"));
    assertEquals(limits.maxInputs(), bound("EmbeddingsRequest/properties/input/oneOf/1/maxItems"));
    assertEquals(MAX_DOCUMENTS, bound("RerankRequest/properties/documents/maxItems"));
    assertEquals(
        limits.maxTextChars(), bound("RerankRequest/properties/documents/items/oneOf/0/maxLength"));
    assertEquals(limits.maxQueryChars(), bound("RerankRequest/properties/query/maxLength"));
    assertEquals(
        limits.maxItems(),
        api.at("/paths/~1v1~1interactions/post/requestBody/content/application~1json/schema")
            .at("/oneOf/1/maxItems")
            .intValue());
  }

  @Test
  void examples_areAcceptedByTheDoor(@TempDir Path sets) throws IOException {
    InteractionsRequest interactions =
        new InteractionsRequest(Limits.defaults(), Refusals.schema());
    DocumentRequest documents = new DocumentRequest(Limits.defaults(), Refusals.schema());
    RecallRequests recall =
        new RecallRequests(Limits.defaults(), Refusals.schema(), TestRecall.settings());
    Caller caller = Caller.of("acme", Role.READER);
    bodies("/v1/interactions")
        .forEach(body -> assertTrue(interactions.parse(body, null).rejected().isEmpty()));
    bodies("/v1/documents").forEach(documents::parse);
    bodies("/v1/search").forEach(body -> recall.memories(body, caller));
    bodies("/v1/interactions/search").forEach(body -> recall.interactions(body, caller));
    ContextRequests contexts = TestContextRequests.shipped();
    bodies("/v1/context").forEach(body -> contexts.parse(body, caller));
    EmbeddingsRequest embeddings =
        new EmbeddingsRequest(Limits.defaults(), TestSpaces.active(TestSpaces.small()));
    bodies("/v1/embeddings").forEach(embeddings::parse);
    RerankRequests rerank = new RerankRequests(Limits.defaults(), MAX_DOCUMENTS);
    bodies("/v1/rerank").forEach(rerank::parse);
    Files.createDirectory(sets.resolve("scifact"));
    EvaluationRequests evaluations =
        new EvaluationRequests(
            recall,
            contexts,
            new DatasetFolders(sets),
            () -> "7",
            Limits.defaults(),
            10_000,
            false);
    bodies("/v1/evaluations").forEach(body -> evaluations.parse(body, caller));
    CaseRequests cases = CaseRequestsTest.requests();
    Caller writer = Caller.of("acme", Role.WRITER);
    Named named = new Named("acme", "c");
    bodies("/v1/cases").forEach(body -> cases.create(body, writer));
    bodies("/v1/cases/search").forEach(body -> cases.search(body, caller));
    bodies("/v1/cases/prompt").forEach(body -> cases.prompt(body, caller));
    bodies("/v1/cases/feedback").forEach(body -> cases.feedback(body, writer));
    bodies("/v1/cases/{id}/outcomes").forEach(body -> cases.outcome(body, named, writer));
    bodies("/v1/cases/{id}/merge").forEach(body -> cases.merge(body, named, writer));
  }

  private static List<byte[]> bodies(String path) {
    List<byte[]> bodies = new ArrayList<>();
    api.path("paths")
        .path(path)
        .at("/post/requestBody/content/application~1json/examples")
        .forEach(
            example ->
                bodies.add(
                    resolved(example).get("value").toString().getBytes(StandardCharsets.UTF_8)));
    assertFalse(bodies.isEmpty(), path);
    return bodies;
  }

  private static int bound(String pointer) {
    return api.at("/components/schemas/" + pointer).intValue();
  }

  private static Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new java.util.LinkedHashMap<>();
    api.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb -> {
                          if (METHODS.contains(verb.getKey())) {
                            operations.put(verb.getKey() + " " + path.getKey(), verb.getValue());
                          }
                        }));
    return operations;
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? api.at(node.get("$ref").textValue().substring(1)) : node;
  }

  /** JSON Schema draft 4 is what OpenAPI 3.0 schemas are close to. */
  private static void suits(JsonNode example, JsonNode schema, String where) {
    ObjectNode whole = new ObjectMapper().createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", api.get("components"));
    Set<ValidationMessage> faults =
        JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(whole).validate(example);
    assertEquals(Set.of(), faults, where);
  }
}
