package org.hippocamel.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedFilesTest {
  @TempDir private Path inbox;
  private final TestJobs.HandClock clock = new TestJobs.HandClock();

  private List<Document> sets(Document row, String process) {
    AbandonedFiles files = new AbandonedFiles(inbox, process, TestJobs.SETTINGS, clock);
    List<WriteModel<Document>> writes = files.writes(List.of(row));
    return writes.stream()
        .map(write -> (Document) ((UpdateOneModel<Document>) write).getUpdate())
        .map(update -> update.get("$set", Document.class))
        .toList();
  }

  @Test
  void ownFileThatIsThere_waitsForItsTurn() throws Exception {
    Files.writeString(inbox.resolve("a.md"), "text");
    clock.pass(Duration.ofDays(1));
    assertEquals(
        List.of(new Document("updated_at", Date.from(clock.instant()))),
        sets(TestJobs.taken(JobKind.FILE), "hal:8080"));
  }

  @Test
  void ownFileThatIsGone_endsWithAReason() {
    Document set = sets(TestJobs.taken(JobKind.FILE), "hal:8080").get(0);
    assertEquals("failed", set.get("state"));
    assertEquals("the file left the inbox before all of it was stored", set.get("reason"));
    assertEquals(Date.from(clock.instant().plus(Duration.ofDays(30))), set.get("expires_at"));
  }

  @Test
  void fileOfAnotherProcess_isGivenUpAfterItsSilence() {
    clock.pass(Duration.ofMinutes(10));
    assertEquals(List.of(), sets(TestJobs.taken(JobKind.FILE), "other:8080"));
    clock.pass(Duration.ofMillis(1));
    assertEquals(
        "its process hal:8080 was not heard of since 2026-01-31T12:00:00Z",
        sets(TestJobs.taken(JobKind.FILE), "other:8080").get(0).get("reason"));
  }

  @Test
  void cancelledFile_endsAsCancelled() {
    Document row = TestJobs.taken(JobKind.FILE).append("state", "cancelling");
    assertEquals("cancelled", sets(row, "other:8080").get(0).get("state"));
  }
}
