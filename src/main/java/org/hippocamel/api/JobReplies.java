package org.hippocamel.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bson.Document;
import org.hippocamel.job.JobPage;
import org.hippocamel.job.JobState;
import org.hippocamel.memory.MemoryId;

/** Jobs as callers see them: no tenant, no bookkeeping of leases. */
public final class JobReplies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final List<String> SHOWN =
      List.of(
          "kind",
          "state",
          "unit",
          "total",
          "done",
          "skipped",
          "failed",
          "rate",
          "eta",
          "attempts",
          "reason",
          "errors",
          "created_at",
          "started_at",
          "updated_at",
          "retry_at",
          "finished_at",
          "parameters",
          "result");

  /** One job. */
  public Reply job(Document row) {
    return RestReplies.json(OK, json(row));
  }

  /** A job that was just made. */
  public Reply accepted(Document row) {
    return RestReplies.json(ACCEPTED, json(row));
  }

  /** One page of jobs; {@code next} is the {@code after} of the page that follows. */
  public Reply page(JobPage page) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode jobs = body.putArray("jobs");
    page.shown().forEach(row -> jobs.add(json(row)));
    if (page.next() != null) {
      body.put("next", page.next());
    }
    return RestReplies.json(OK, body);
  }

  /** One job as a server-sent event. */
  public String event(Document row) {
    return "event: job\ndata: " + json(row) + "\n\n";
  }

  private static ObjectNode json(Document row) {
    ObjectNode json = JSON.createObjectNode().put("id", MemoryId.id(row.getString("_id")));
    SHOWN.forEach(field -> MemoryJson.put(json, field, row.get(field)));
    Document lease = row.get("lease", new Document());
    if (!JobState.of(row.getString("state")).ended() && lease.getString("owner") != null) {
      json.put("process", lease.getString("name"));
    }
    return json;
  }
}
