package org.hippocamel.embedded.atlas.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes a commit leaves a part of it in the file. */
class TornCommitTest {
  private static final int BLOCK = 4096;
  private static final int HEADER_BLOCKS = 2;
  private static final int COMMITS = 200;

  @TempDir private Path directory;

  private static void insert(DocumentStore store, int id) {
    store.write(
        () -> {
          BsonDocument document =
              new BsonDocument("_id", new BsonInt32(id))
                  .append("text", new BsonString("camel ".repeat(id % 50)));
          store.collectionOrCreate("d.c").insert(document);
          return null;
        });
  }

  @Test
  void tornCommit_leavesTheOneBefore() throws Exception {
    Path file = Files.createDirectories(directory.resolve("store")).resolve("documents.mv");
    Path copy = Files.createDirectories(directory.resolve("torn")).resolve("documents.mv");
    List<String> lost = new ArrayList<>();
    try (DocumentStore store = DocumentStore.open(file.getParent(), false)) {
      insert(store, 0);
      for (int i = 1; i < COMMITS; i++) {
        byte[] before = Files.readAllBytes(file);
        insert(store, i);
        Files.write(copy, torn(before, Files.readAllBytes(file)));
        try (DocumentStore opened = DocumentStore.open(copy.getParent(), false)) {
          if (opened.sequence() < i) {
            lost.add(opened.sequence() + " of " + i);
          }
        }
      }
    }
    assertEquals(List.of(), lost);
  }

  /** The file before a commit with the first half of the blocks that the commit has written. */
  private static byte[] torn(byte[] before, byte[] after) {
    byte[] torn = Arrays.copyOf(before, after.length);
    List<Integer> written = new ArrayList<>();
    for (int at = HEADER_BLOCKS * BLOCK; at < after.length; at += BLOCK) {
      if (!Arrays.equals(torn, at, at + BLOCK, after, at, at + BLOCK)) {
        written.add(at);
      }
    }
    for (int at : written.subList(0, (written.size() + 1) / 2)) {
      System.arraycopy(after, at, torn, at, BLOCK);
    }
    return torn;
  }
}
