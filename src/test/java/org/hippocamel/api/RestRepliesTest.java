package org.hippocamel.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.ingest.IngestReport;
import org.hippocamel.ingest.Ingested;
import org.hippocamel.ingest.SourcePage;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.Remembered;
import org.hippocamel.memory.Remembered.Status;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.problem.ProblemReply;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.search.Searched;
import org.hippocamel.search.Searching;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RestRepliesTest {
  private static final Date THEN = Date.from(Instant.parse("2026-01-31T12:00:00Z"));
  private static final byte[] CONTRACT = "openapi: 3.0.3".getBytes(UTF_8);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static JsonNode components;

  private final RestReplies replies = replies(TestSpaces.active(TestSpaces.small()));

  @BeforeAll
  static void readTheContract() throws IOException {
    components =
        new ObjectMapper(new YAMLFactory())
            .readTree(Path.of("api", "openapi.yaml").toFile())
            .get("components");
  }

  @ParameterizedTest
  @CsvSource({"CREATED, 201", "UPDATED, 200", "UNCHANGED, 200"})
  void interactions_answerOneWithItsStatus(Status status, int http) {
    Reply reply = replies.interactions(asked(true, 1), done(new Item("x", status)));
    assertEquals(http, reply.status());
    assertEquals("{'id':'x','status':'" + status.word() + "'}", single(json(reply, "Stored")));
  }

  @Test
  void interactions_throwTheRefusalOfOne() {
    Problem refusal = new Problem(ProblemKind.OVERLOADED, "busy");
    Remembered done = new Remembered(List.of(new Remembered.Item("x", Status.REFUSED, refusal)));
    assertSame(
        refusal, assertThrows(Problem.class, () -> replies.interactions(asked(true, 1), done)));
  }

  @Test
  void interactions_tellWhichTextWasCut() {
    Remembered.Item cut = new Remembered.Item("x", Status.UNCHANGED, true, null);
    Reply one = replies.interactions(asked(true, 1), new Remembered(List.of(cut)));
    assertEquals("{'id':'x','status':'unchanged','truncated':true}", single(json(one, "Stored")));
    Remembered.Item whole = new Remembered.Item("y", Status.CREATED, null);
    Reply many = replies.interactions(asked(false, 2), new Remembered(List.of(whole, cut)));
    assertEquals(
        "[{'id':'y','status':'created'},{'id':'x','status':'unchanged','truncated':true}]",
        single(json(many, "StoredMany").get("results")));
  }

  @Test
  void interactions_answerManyAtTheirPlaces() {
    Interactions asked =
        new Interactions(
            List.of(item(0), item(2), item(3)),
            List.of(new Interactions.ItemError(1, Problem.invalid("/1/text", "text is required"))),
            false);
    Remembered done =
        new Remembered(
            List.of(
                new Remembered.Item("a", Status.CREATED, null),
                new Remembered.Item("c", Status.UNCHANGED, null),
                new Remembered.Item(
                    "d", Status.REFUSED, new Problem(ProblemKind.EMBEDDER_FAILED, "422"))));
    Reply reply = replies.interactions(asked, done);
    assertEquals(200, reply.status());
    JsonNode body = json(reply, "StoredMany");
    assertEquals("a", body.at("/results/0/id").asText());
    assertEquals(422, body.at("/results/1/error/status").asInt());
    assertEquals("/1/text", body.at("/results/1/error/errors/0/pointer").asText());
    assertEquals("unchanged", body.at("/results/2/status").asText());
    assertEquals(502, body.at("/results/3/error/status").asInt());
    assertEquals(2, body.get("stored").asInt());
    assertEquals(2, body.get("failed").asInt());
  }

  @Test
  void embeddings_areNumbersOrBase64() {
    List<Embedding> vectors =
        List.of(
            new Embedding(new float[] {0.5f, -1, 0}, 3, null),
            new Embedding(new float[] {1, 2, 2}, 4, null));
    assertEquals(
        "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.5,-1.0,0.0]},"
            + "{'object':'embedding','index':1,'embedding':[1.0,2.0,2.0]}],'model':'acme/m',"
            + "'usage':{'prompt_tokens':7,'total_tokens':7}}",
        single(json(replies.embeddings(embeddings(false, 3), vectors), "EmbeddingsList")));
    JsonNode base64 = json(replies.embeddings(embeddings(true, 3), vectors), "EmbeddingsList");
    assertEquals("AAAAPwAAgL8AAAAA", base64.at("/data/0/embedding").asText());
  }

  @Test
  void embeddings_areCutToTheLengthAskedFor() {
    List<Embedding> vectors = List.of(new Embedding(new float[] {3, 4, 12}, 1, null));
    JsonNode body = json(replies.embeddings(embeddings(false, 2), vectors), "EmbeddingsList");
    assertEquals("[0.6,0.8]", body.at("/data/0/embedding").toString());
  }

  @Test
  void embeddings_ofAnotherModelAreRefused() {
    List<Embedding> vectors = List.of(new Embedding(new float[] {1, 2}, 1, null));
    Problem problem =
        assertThrows(Problem.class, () -> replies.embeddings(embeddings(false, 3), vectors));
    assertEquals(ProblemKind.EMBEDDER_FAILED, problem.kind());
    assertEquals(
        "the embedder answered with a vector of 2 values instead of 3", problem.getMessage());
  }

  @Test
  void embeddings_throwTheRefusalOfOneText() {
    Problem refusal = new Problem(ProblemKind.OVERLOADED, "answered 429");
    List<Embedding> vectors =
        List.of(new Embedding(new float[] {1, 2, 2}, 1, null), new Embedding(null, 0, refusal));
    assertSame(
        refusal,
        assertThrows(Problem.class, () -> replies.embeddings(embeddings(false, 3), vectors)));
  }

  @Test
  void embeddings_tellWhichTextWasCut() {
    List<Embedding> vectors =
        List.of(
            new Embedding(new float[] {1, 0, 0}, 3, null),
            new Embedding(new float[] {0, 1, 0}, 512, Embedding.Cut.YES, null));
    for (boolean base64 : new boolean[] {true, false}) {
      JsonNode body = json(replies.embeddings(embeddings(base64, 3), vectors), "EmbeddingsList");
      assertFalse(body.at("/data/0").has("truncated"));
      assertTrue(body.at("/data/1/truncated").asBoolean());
    }
  }

  /** A number names its float and no other, in no more digits than that takes. */
  @Test
  void embeddings_areWrittenToTheSameBits() {
    Random random = new Random(768);
    float[] vector = new float[20_000];
    for (int i = 0; i < vector.length; i++) {
      do {
        vector[i] =
            i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) random.nextGaussian();
      } while (!Float.isFinite(vector[i]));
    }
    vector[0] = 2e-3f; // 0.0020 in a JDK before 19
    vector[1] = 1.1e-44f;
    List<Embedding> vectors = List.of(new Embedding(vector, 1, null));
    Space space = new Space("m-20000", "acme/m", null, "cls", vector.length, "", "");
    RestReplies replies = replies(TestSpaces.active(space));
    Reply reply = replies.embeddings(embeddings(false, vector.length), vectors);
    String body = new String(reply.body(), UTF_8);
    String[] numbers = body.substring(body.lastIndexOf('[') + 1, body.indexOf(']')).split(",");
    assertEquals(vector.length, numbers.length);
    for (int i = 0; i < vector.length; i++) {
      assertEquals(vector[i], Float.parseFloat(numbers[i]), numbers[i]);
      long digits = numbers[i].replaceAll("E.*|^-?0\\.0*|[-.]", "").length();
      assertTrue(digits <= 9, numbers[i]);
    }
    assertEquals("0.002", numbers[0]);
    reply = replies.embeddings(embeddings(true, vector.length), vectors);
    JsonNode base64 = json(reply, "EmbeddingsList");
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64.at("/data/0/embedding").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      assertEquals(value, bytes.getFloat());
    }
  }

  @ParameterizedTest
  @CsvSource({"400, true", "413, true", "422, true", "401, false", "424, false", "500, false"})
  void embeddings_pointAtTheTextsThatTheEmbedderRefuses(int status, boolean ofTheText) {
    Embedding busy = new Embedding(null, 0, new Problem(ProblemKind.OVERLOADED, "later"));
    Embedding refused = new Embedding(null, 0, answered(status));
    List<Embedding> vectors = List.of(busy, refused);
    Problem problem =
        assertThrows(Problem.class, () -> replies.embeddings(embeddings(false, 3), vectors));
    if (ofTheText) {
      assertEquals(ProblemKind.INVALID, problem.kind());
      assertEquals(
          List.of(
              "/input/1: the text at index 1 is refused: the embedder at tei.url answered "
                  + status
                  + ": no"),
          Refusals.lines(problem.errors()));
    } else {
      assertEquals("later", problem.getMessage());
    }
  }

  private static Problem answered(int status) {
    return Diagnosis.of(
        new HttpOperationFailedException("http://tei", status, "", null, Map.of(), "no"));
  }

  @Test
  void models_areTheServedOne() {
    assertEquals(
        "{'object':'list','data':[{'id':'acme/m','object':'model','created':0,"
            + "'owned_by':'hippocamel'}]}",
        single(json(replies.models(), "ModelsList")));
    assertEquals(
        ProblemKind.UNAVAILABLE, assertThrows(Problem.class, () -> early().models()).kind());
  }

  private static Embeddings embeddings(boolean base64, int dimensions) {
    return new Embeddings(List.of("a", "b"), base64, dimensions, "m-3");
  }

  @Test
  void search_showsMemoriesAsCallersKnowThem() {
    SearchReply.Hit hit = new SearchReply.Hit(row(), 1, 0.5, Double.NaN, Double.NaN, Map.of());
    Reply reply = replies.search(plain(found(Mode.VECTOR, false, hit)), 7);
    assertEquals(
        "{'results':[{'id':'x','kind':'passage','agent_id':'a','text':'t','metadata':"
            + "{'since':'2026-01-31T12:00:00Z','tags':['a','b'],'year':2026},"
            + "'occurred_at':'2026-01-31T12:00:00Z','source':{'id':'src','uri':'a.md',"
            + "'title':'A','record':0,'chunk':1,'chunks':2},'score':0.5}],"
            + "'space':'m-3','mode':'vector','took_ms':7,'reranked':false}",
        single(json(reply, "SearchReply")));
  }

  @Test
  void search_tellsThatTheQueryWasCut() {
    Reply reply =
        replies.search(
            plain(new SearchReply(List.of(), "m-3", Mode.HYBRID, false, true, null, null)), 7);
    assertTrue(json(reply, "SearchReply").get("query_truncated").asBoolean());
  }

  @Test
  void search_tellsThatWordsAloneAnswered_andWhereTheNextPageBegins() {
    Reply reply =
        replies.search(
            plain(
                new SearchReply(List.of(), "m-3", Mode.HYBRID, false, false, "TEI is away", "abc")),
            7);
    JsonNode json = json(reply, "SearchReply");
    assertEquals("found by words alone: TEI is away", json.get("degraded").asText());
    assertEquals("abc", json.get("next_cursor").asText());
  }

  private static SearchReply found(Mode mode, boolean explain, SearchReply.Hit hit) {
    return new SearchReply(List.of(hit), "m-3", mode, explain, false, null, null);
  }

  @Test
  void search_showsTheStagesWhereAsked() {
    Map<Stage, SearchReply.Standing> stages = new EnumMap<>(Stage.class);
    stages.put(Stage.LEXICAL, new SearchReply.Standing(0, 4.1, 1.05));
    stages.put(Stage.VECTOR, new SearchReply.Standing(1, 0.83, 2.5));
    SearchReply.Hit hit = new SearchReply.Hit(row(), 11, 2.5, 2.25, 0.25, stages);
    Reply reply = replies.search(plain(found(Mode.HYBRID, true, hit)), 7);
    assertEquals(
        "{'vector':{'rank':1,'score':0.83,'calibrated':2.5},"
            + "'lexical':{'score':4.1,'calibrated':1.05},'freshness':{'share':0.25},"
            + "'fused':{'rank':11,'score':2.5}}",
        single(json(reply, "SearchReply").at("/results/0/explain")));
    assertEquals(2.25, json(reply, "SearchReply").at("/results/0/relevance").asDouble());
  }

  @Test
  void search_showsWhatTheRerankerMadeOfIt() {
    Map<Stage, SearchReply.Standing> stages =
        Map.of(Stage.VECTOR, new SearchReply.Standing(1, 0.83, 2.5));
    List<SearchReply.Hit> hits =
        List.of(
            new SearchReply.Hit(row(), 1, 2, Double.NaN, Double.NaN, stages),
            new SearchReply.Hit(row(), 2, 1, Double.NaN, Double.NaN, stages));
    Searched searched =
        new Searched(
            new SearchReply(hits, "m-3", Mode.HYBRID, true, false, null, "abc"),
            List.of(new Searched.Place(1, 0.75)),
            true,
            null);
    JsonNode body = json(replies.search(searched, 7), "SearchReply");
    assertEquals(1, body.get("results").size());
    assertEquals(0.75, body.at("/results/0/score").asDouble());
    assertEquals(
        "{'vector':{'rank':1,'score':0.83,'calibrated':2.5},'fused':{'rank':2,'score':1.0},"
            + "'rerank':{'rank':1,'score':0.75}}",
        single(body.at("/results/0/explain")));
    assertTrue(body.get("reranked").asBoolean());
    assertFalse(body.has("rerank_reason"));
    assertFalse(body.has("next_cursor"), "one page is reranked");
  }

  @Test
  void search_saysWhyItIsNotReranked() {
    SearchReply found = new SearchReply(List.of(), "m-3", Mode.HYBRID, false, false, null, "abc");
    Searched searched = new Searched(found, List.of(), false, "too slow: it was");
    JsonNode body = json(replies.search(searched, 7), "SearchReply");
    assertFalse(body.get("reranked").asBoolean());
    assertEquals("too slow: it was", body.get("rerank_reason").asText());
    assertFalse(body.has("next_cursor"), "the page after the reranked ones is another's");
  }

  private static Searched plain(SearchReply found) {
    return new Searching(1).plain(found);
  }

  @Test
  void memory_keepsTenantVectorsAndBookkeepingToItself() {
    Document row =
        row()
            .append("session_id", "s")
            .append("created_at", THEN)
            .append("updated_at", THEN)
            .append("expires_at", THEN)
            .append("vectors", new Document("m-3", "binary"))
            .append("keys", List.of("session:s"))
            .append("hash", "h")
            .append("digest", "d");
    JsonNode body = json(replies.memory(row), "Memory");
    for (String hidden : List.of("_id", "tenant", "vectors", "keys", "hash", "digest")) {
      assertFalse(body.has(hidden), hidden);
    }
    assertFalse(body.get("source").has("version"));
    assertEquals("2026-01-31T12:00:00Z", body.get("expires_at").asText());
  }

  @Test
  void document_countsPassagesAndNamesFailures() {
    IngestReport report = new IngestReport();
    report.add(1, 11, 2);
    report.addFailure(3, 2L, "text is required");
    report.addTruncated(5);
    Reply reply = replies.document(new Ingested("src", report, 4));
    assertEquals(201, reply.status());
    assertEquals(
        "{'source_id':'src','passages':14,'stored':3,'unchanged':11,'removed':4,'truncated':5,'failed':1,"
            + "'errors':[{'line':3,'record':2,'reason':'text is required'}]}",
        single(json(reply, "TakenIn")));
  }

  @Test
  void sources_namesTheNextPage() {
    List<Document> rows = List.of(source("a"), source("b"), source("c"));
    JsonNode body = json(replies.sources(new SourcePage(2, "", rows)), "Sources");
    assertEquals("b", body.get("next").asText());
    assertEquals(2, body.get("sources").size());
    assertEquals("a.md", body.at("/sources/0/uri").asText());
    assertFalse(body.at("/sources/0").has("version"));
    assertFalse(body.at("/sources/0").has("tenant"));
  }

  @Test
  void sources_namesNoNextPageOnTheLast() {
    JsonNode body = json(replies.sources(new SourcePage(2, "", List.of(source("a")))), "Sources");
    assertFalse(body.has("next"));
    assertEquals(
        "{'sources':[]}",
        single(json(replies.sources(new SourcePage(2, "", List.of())), "Sources")));
  }

  @Test
  void spaces_showTheOneInUse() {
    assertEquals(
        "{'spaces':[{'id':'m-3','model_id':'acme/m','revision':null,'pooling':'cls',"
            + "'dimensions':3,'state':'active','calibration':{'mean':0.6,'deviation':0.075,'texts':0}}]}",
        single(json(spaces(TestSpaces.active(TestSpaces.small())), "Spaces")));
    assertEquals("{'spaces':[]}", single(json(spaces(new ActiveSpace()), "Spaces")));
  }

  private static Reply spaces(ActiveSpace space) {
    return new SpaceReplies(space, null).spaces();
  }

  @Test
  void health_isDownUntilReady() {
    assertEquals(200, replies.health().status());
    assertEquals("{'status':'UP'}", single(json(replies.health(), "Health")));
    assertEquals(503, early().health().status());
    assertEquals("{'status':'DOWN'}", single(json(early().health(), "Health")));
  }

  @Test
  void none_hasNoBody() {
    assertEquals(new Reply(204, null, null), replies.none());
  }

  @Test
  void contract_isTheFile() {
    assertArrayEquals(CONTRACT, replies.contract().body());
    assertEquals("application/yaml", replies.contract().contentType());
  }

  @ParameterizedTest
  @EnumSource(ProblemKind.class)
  void problems_areThoseOfTheContract(ProblemKind kind) throws IOException {
    ProblemReply reply = new ProblemReply();
    suits(JSON.readTree(reply.body(new Problem(kind, "why"))), "Problem");
    suits(JSON.readTree(reply.body(Problem.invalid("/a", "why"))), "Problem");
  }

  private static RestReplies early() {
    return replies(new ActiveSpace());
  }

  private static RestReplies replies(ActiveSpace space) {
    return new RestReplies(space, TestSpaces.ready(space), CONTRACT);
  }

  private record Item(String id, Status status) {}

  private static Remembered done(Item item) {
    return new Remembered(List.of(new Remembered.Item(item.id(), item.status(), null)));
  }

  private static Interactions asked(boolean single, int count) {
    return new Interactions(
        java.util.stream.IntStream.range(0, count).mapToObj(RestRepliesTest::item).toList(),
        List.of(),
        single);
  }

  private static Interactions.Item item(int position) {
    Draft draft =
        new Draft(Kind.INTERACTION, null, "a", null, "t", Map.of(), null, null, List.of(), null);
    return new Interactions.Item(position, draft);
  }

  private static Document row() {
    return new Document("_id", "acme:x")
        .append("tenant", "acme")
        .append("kind", "passage")
        .append("agent_id", "a")
        .append("text", "t")
        .append(
            "metadata",
            new Document("since", THEN).append("tags", List.of("a", "b")).append("year", 2026L))
        .append("occurred_at", THEN)
        .append(
            "source",
            new Document("id", "src")
                .append("uri", "a.md")
                .append("title", "A")
                .append("version", "v")
                .append("record", 0L)
                .append("chunk", 1)
                .append("chunks", 2))
        .append("score", 0.9);
  }

  private static Document source(String id) {
    return new Document("_id", "acme:" + id)
        .append("tenant", "acme")
        .append("uri", id + ".md")
        .append("version", "v")
        .append("passages", 12L)
        .append("failed", 0L)
        .append("status", "stored")
        .append("created_at", THEN)
        .append("updated_at", THEN);
  }

  /** The body, after it was found to suit the contract. */
  private static JsonNode json(Reply reply, String schema) {
    try {
      assertEquals("application/json", reply.contentType());
      JsonNode body = JSON.readTree(reply.body());
      suits(body, schema);
      return body;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void suits(JsonNode body, String name) {
    ObjectNode schema = JSON.createObjectNode();
    schema.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name);
    schema.set("components", components);
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().nullableKeywordEnabled(true).build();
    assertEquals(
        Set.of(),
        JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema, config).validate(body),
        body::toString);
    assertNull(body.get("tenant"));
  }

  private static String single(JsonNode json) {
    return json.toString().replace('"', '\'');
  }
}
