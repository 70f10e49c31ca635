package org.hippocamel.memory;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The values of looking up and deleting one memory by its public id. */
public final class MemoryAccess {

  /** Filter for the row of this id in the caller's tenant. */
  public Document key(Named memory) {
    return new Document("_id", memory.key());
  }

  /** Filter for what the log of outcomes says of it, where it is a case. */
  public Document history(Named memory) {
    return new Document("case", memory.key());
  }

  /** Pipeline: the row without its vectors. */
  public List<Bson> pipeline(Named memory) {
    return List.of(new Document("$match", key(memory)), new Document("$unset", List.of("vectors")));
  }

  /**
   * @throws Problem NOT_FOUND
   */
  public Document found(List<Document> rows, Named memory) {
    if (rows.isEmpty()) {
      throw missing(memory);
    }
    return rows.get(0);
  }

  /**
   * @throws Problem NOT_FOUND when nothing was deleted
   */
  public void deleted(Long count, Named memory) {
    if (count == null || count == 0) {
      throw missing(memory);
    }
  }

  private static Problem missing(Named memory) {
    return new Problem(ProblemKind.NOT_FOUND, "no memory with id " + memory.shown());
  }
}
