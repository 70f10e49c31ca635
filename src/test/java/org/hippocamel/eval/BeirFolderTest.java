package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeirFolderTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectory(root.resolve("tiny"));
    write(
        "queries.jsonl",
        """
        {"_id": "q1", "text": "one?", "label": "x"}
        {"_id": "q2", "text": "two?", "label": "y"}

        {"_id": "q3", "text": "three?"}
        """);
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("corpus.jsonl.gz")))) {
      packed.write(
          """
          {"_id": "d1", "title": "One", "text": "first", "label": "x"}
          {"_id": "d2", "title": "", "text": "second", "label": "x"}
          {"_id": "d3", "text": "third", "label": "z"}
          """
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void read_takesGradesFromQrels_andLeavesUnjudgedQueriesOut() throws IOException {
    write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq3\td3\t1\n");
    Dataset set = BeirFolder.read(folder);
    assertEquals("tiny", set.name());
    assertEquals(List.of("q1", "q3"), set.queries().stream().map(Dataset.Query::id).toList());
    assertEquals(Map.of("d1", 2, "d2", 0), set.judgements().of("q1"));
    assertEquals(Map.of(), set.judgements().of("q2"));
    assertEquals(
        List.of("One first", "second", "third"),
        set.documents().stream().map(Dataset.Document::whole).toList());
  }

  @Test
  void read_takesTheTestSplit() throws IOException {
    Files.createDirectory(folder.resolve("qrels"));
    write("qrels/train.tsv", "q1\td1\t1\n");
    String two = refused();
    assertTrue(two.isEmpty(), two); // one split: that one
    write("qrels/dev.tsv", "q1\td3\t1\n");
    assertTrue(refused().contains("holds no test.tsv and 2 other splits"), refused());
    write("qrels/test.tsv", "q2\td2\t1\n");
    assertEquals(Map.of("d2", 1), BeirFolder.read(folder).judgements().of("q2"));
  }

  @Test
  void read_judgesByLabel_whereThereAreNoQrels() {
    Dataset set = BeirFolder.read(folder);
    assertEquals(List.of("q1"), set.queries().stream().map(Dataset.Query::id).toList());
    assertEquals(Map.of("d1", 1, "d2", 1), set.judgements().of("q1"));
  }

  @Test
  void read_namesFileAndLine() throws IOException {
    write("qrels.tsv", "q1\td1\t1\nq1 d2 1\n");
    assertTrue(refused().contains("qrels.tsv:2 is not query-id"), refused());
    write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"one?\"}\n{\"_id\": 7}\n");
    assertTrue(refused().contains("queries.jsonl:2 needs the strings"), refused());
    write("queries.jsonl", "no\n");
    assertTrue(refused().contains("queries.jsonl:1 is not JSON"), refused());
    Files.delete(folder.resolve("corpus.jsonl.gz"));
    assertTrue(refused().contains("corpus.jsonl.gz is there"), refused());
  }

  @Test
  void read_refusesASetWithoutJudgements() throws IOException {
    write("qrels.tsv", "other\td1\t1\n");
    assertThrows(IllegalArgumentException.class, () -> BeirFolder.read(folder));
  }

  private String refused() {
    try {
      BeirFolder.read(folder);
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
