package org.hippocamel.reembed;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.job.JobKind;
import org.hippocamel.job.JobRequest;
import org.hippocamel.job.JobState;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceList;

/** Makes the jobs that fill spaces and let go of them: one at a time. */
public final class Ordering {
  private static final String UNIT = "memories";

  /** Pipeline: the jobs of this kind, whosever they are. */
  public List<Bson> jobsPipeline() {
    return List.of(
        new Document("$match", new Document("kind", JobKind.REEMBED.word())),
        new Document("$project", new Document("state", 1)));
  }

  /**
   * The job that fills a space. Its id is made of what it finds: of two who order the same at once
   * both get one job.
   *
   * @throws Problem CONFLICT naming the job that is at it
   */
  public JobRequest fill(
      String tenant, ReembedOrder order, Space target, SpaceList stored, List<Document> jobs) {
    Document parameters = new Document("space", target.id()).append("switch", order.switches());
    return job(tenant, "reembed-" + target.id(), parameters, stored, jobs);
  }

  /**
   * The job that lets go of a space.
   *
   * @throws Problem CONFLICT naming the job that is at it
   */
  public JobRequest retire(String tenant, Space space, SpaceList stored, List<Document> jobs) {
    return job(tenant, "retire-" + space.id(), new Document("retire", space.id()), stored, jobs);
  }

  private static JobRequest job(
      String tenant, String name, Document parameters, SpaceList stored, List<Document> jobs) {
    for (Document row : jobs) {
      if (JobState.OPEN.contains(row.getString("state"))) {
        throw new Problem(
            ProblemKind.CONFLICT,
            "job "
                + MemoryId.id(row.getString("_id"))
                + " is at the spaces already, it is "
                + row.getString("state")
                + ": wait for it, resume or cancel it");
      }
    }
    String id = name + "-" + stored.epoch() + "-" + jobs.size();
    return new JobRequest(tenant, JobKind.REEMBED, id, UNIT, parameters);
  }
}
