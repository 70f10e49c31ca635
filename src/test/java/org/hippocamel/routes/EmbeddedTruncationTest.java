package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.contract.TeiHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What callers hear of texts that a real tokenizer finds too long, and of no others. */
class EmbeddedTruncationTest {
  private static final int MODEL = 512;
  private static final List<String> PIECES =
      List.of(
          "word ",
          "unbelievably ",
          "Straße, ",
          "naïve ",
          "記憶 ",
          "память ",
          "한국어 ",
          "😀 ",
          "½ ",
          "0x7fff'ab(); ",
          "qxzvkjwp",
          "\n\n",
          "...");

  private static RunningBundle bundle;
  private static TeiHttp tei;

  @BeforeAll
  static void open() {
    bundle = RunningBundle.open(Map.of());
    tei = new TeiHttp(bundle.bundle().settings().tei().urls().get(0), null);
  }

  @AfterAll
  static void close() {
    bundle.close();
  }

  @Test
  void aReallyLongText_isFoundByItsBeginning_andThatIsTold() {
    String beginning = "The harbour crane was repaired in spring. ".repeat(100);
    String text = beginning + "Nobody will ever find the golden penguin. ".repeat(600);
    JsonNode reply =
        bundle
            .postJson("/v1/interactions", Map.of("id", "long", "agent_id", "a", "text", text))
            .json();
    assertTrue(reply.get("truncated").asBoolean(), reply.toString());
    // Its vector is that of the beginning: the rest was not read.
    float[][] vectors = tei.embed(List.of(text, beginning));
    assertEquals(1, TeiHttp.cosine(vectors[0], vectors[1]), 1e-6);
    JsonNode found = bundle.postJson("/v1/search", Map.of("query", beginning)).json();
    assertEquals("long", found.at("/results/0/id").asText());
    assertTrue(found.get("query_truncated").asBoolean());
    found = bundle.postJson("/v1/search", Map.of("query", "harbour crane")).json();
    assertFalse(found.has("query_truncated"));
  }

  /** Texts of all scripts and lengths, many of them close to what the model reads. */
  @Test
  void truncated_isWhatTheTokenizerSays() {
    Random random = new Random(26);
    int cut = 0;
    int texts = 0;
    for (int call = 0; call < 6; call++) {
      List<String> asked = new ArrayList<>();
      for (int i = 0; i < 1 + call * 2; i++) {
        asked.add(text(random, random.nextInt(4) == 0 ? 40 : 350 + random.nextInt(300)));
      }
      JsonNode data = bundle.postJson("/v1/embeddings", Map.of("input", asked)).json().get("data");
      for (int i = 0; i < asked.size(); i++) {
        int tokens = tokens(asked.get(i));
        boolean told = data.get(i).path("truncated").asBoolean();
        assertEquals(tokens > MODEL, told, tokens + " tokens in: " + asked.get(i));
        cut += told ? 1 : 0;
      }
      texts += asked.size();
    }
    assertTrue(cut > 5 && cut < texts - 5, cut + " of " + texts + " were cut");
  }

  /** What the splitter has measured need not be counted again. */
  @Test
  void passages_areNeverLongerThanTheModelReads() {
    StringBuilder text = new StringBuilder();
    Random random = new Random(27);
    for (int section = 0; section < 12; section++) {
      text.append("\n\n## Section ").append(section).append(" naïve 記憶\n\n");
      text.append(text(random, 150 + random.nextInt(400)));
    }
    JsonNode reply =
        bundle.postJson("/v1/documents", Map.of("uri", "all.md", "text", text.toString())).json();
    assertEquals(0, reply.get("truncated").asInt(), reply.toString());
    List<Document> rows =
        bundle.collection("memories").find(new Document("kind", "passage")).into(new ArrayList<>());
    assertEquals(reply.get("passages").asInt(), rows.size());
    assertTrue(rows.size() > 12);
    for (Document row : rows) {
      String heading = row.get("source", Document.class).getString("heading");
      String embedded = (heading == null ? "" : heading + "\n") + row.getString("text");
      assertTrue(tokens(embedded) <= MODEL, embedded);
    }
  }

  /** Special tokens included. */
  private static int tokens(String text) {
    return TeiHttp.tree(tei.post("/tokenize", Map.of("inputs", text))).get(0).size();
  }

  private static String text(Random random, int tokens) {
    StringBuilder text = new StringBuilder("Begin ");
    String usual = PIECES.get(random.nextInt(PIECES.size()));
    for (int i = 0; i < tokens; i++) {
      boolean other = random.nextInt(3) == 0;
      text.append(other ? PIECES.get(random.nextInt(PIECES.size())) : usual);
    }
    return text.toString();
  }
}
