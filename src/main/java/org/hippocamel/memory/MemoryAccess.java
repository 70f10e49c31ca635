package org.hippocamel.memory;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The values of looking up and deleting one memory by its public id. */
public final class MemoryAccess {

  /** Filter for the row of this id in the caller's tenant. */
  public Document key(String tenant, String id) {
    return new Document("_id", MemoryId.key(tenant, id));
  }

  /** Pipeline: the row without its vectors. */
  public List<Bson> pipeline(String tenant, String id) {
    return List.of(
        new Document("$match", key(tenant, id)), new Document("$unset", List.of("vectors")));
  }

  /**
   * @throws Problem NOT_FOUND
   */
  public Document found(List<Document> rows, String id) {
    if (rows.isEmpty()) {
      throw missing(id);
    }
    return rows.get(0);
  }

  /**
   * @throws Problem NOT_FOUND when nothing was deleted
   */
  public void deleted(Long count, String id) {
    if (count == null || count == 0) {
      throw missing(id);
    }
  }

  private static Problem missing(String id) {
    String shown = id.length() <= 80 ? id : id.substring(0, 80) + "...";
    return new Problem(ProblemKind.NOT_FOUND, "no memory with id \"" + shown + "\"");
  }
}
