package org.hippocamel.embedded.atlas.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final List<BsonDocument> DOCUMENTS =
      List.of(
          new BsonDocument("_id", new BsonInt32(1)),
          new BsonDocument("_id", new BsonInt32(2)),
          new BsonDocument("_id", new BsonInt32(3)));

  private static long id(BsonDocument reply) {
    return reply.getDocument("cursor").getInt64("id").getValue();
  }

  @Test
  void first_opensACursorOnlyWhenThereIsMore() {
    Cursors cursors = new Cursors(Duration.ofMinutes(1));
    assertEquals(0, id(cursors.first("d.c", DOCUMENTS.iterator(), 3, false)));
    assertEquals(0, id(cursors.first("d.c", DOCUMENTS.iterator(), 2, true)));
    assertEquals(0, cursors.size());
    long open = id(cursors.first("d.c", DOCUMENTS.iterator(), 2, false));
    assertEquals(1, cursors.size());
    assertEquals(0, id(cursors.next("d.c", open, 5)));
    assertEquals(0, cursors.size());
  }

  @Test
  void closeIdle_forgetsWhatNobodyAsksFor() {
    Cursors patient = new Cursors(Duration.ofMinutes(1));
    long kept = id(patient.first("d.c", DOCUMENTS.iterator(), 0, false));
    patient.closeIdle();
    assertEquals(1, patient.size());
    assertEquals(true, patient.kill(kept));

    Cursors hasty = new Cursors(Duration.ofNanos(-1));
    long gone = id(hasty.first("d.c", DOCUMENTS.iterator(), 1, false));
    hasty.closeIdle();
    Refusal refused = assertThrows(Refusal.class, () -> hasty.next("d.c", gone, 1));
    assertEquals(43, refused.code());
  }
}
