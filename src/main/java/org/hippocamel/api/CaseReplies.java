package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bson.Document;
import org.hippocamel.cases.Appended;
import org.hippocamel.cases.Arm;
import org.hippocamel.cases.CasePrompt;
import org.hippocamel.cases.CaseReply;
import org.hippocamel.cases.CaseState;
import org.hippocamel.cases.Example;
import org.hippocamel.cases.ExportPage;
import org.hippocamel.cases.Feedback;
import org.hippocamel.cases.FoundCase;
import org.hippocamel.cases.Judging;
import org.hippocamel.cases.Merge;
import org.hippocamel.cases.Part;
import org.hippocamel.cases.Share;
import org.hippocamel.cases.StoredCase;
import org.hippocamel.cases.Uplift;
import org.hippocamel.ingest.IngestReport;
import org.hippocamel.ingest.Ingested;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.Remembered.Status;

/** Results of the case bank to HTTP replies, as {@code api/openapi.yaml} shows them. */
public final class CaseReplies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final CaseJson cases;

  public CaseReplies(Judging judging) {
    this.cases = new CaseJson(judging);
  }

  /** 201 for a new case, 200 for one that was there. */
  public Reply stored(StoredCase stored) {
    Status status = stored.item().status();
    ObjectNode body =
        JSON.createObjectNode().put("id", stored.item().id()).put("status", status.word());
    if (stored.item().truncated()) {
      body.put("truncated", true);
    }
    if (stored.scrubbed() > 0) {
      body.put("scrubbed", stored.scrubbed());
    }
    body.put("case_status", stored.status().word());
    if (stored.mergedInto() != null) {
      body.put("merged_into", MemoryId.id(stored.mergedInto()));
    } else {
      body.setAll(cases.known(stored.evidence()));
    }
    return json(status == Status.CREATED ? CREATED : OK, body);
  }

  /** One case with its history. */
  public Reply found(FoundCase found) {
    ObjectNode body = CaseJson.of(found.row());
    String merged = found.row().get("case", Document.class).getString("merged_into");
    body.put("case_status", merged == null ? found.state().status().word() : "merged");
    if (merged != null) {
      body.put("merged_into", MemoryId.id(merged));
    }
    body.setAll(cases.known(found.state().evidence()));
    ArrayNode outcomes = body.putArray("history");
    found.outcomes().forEach(entry -> outcomes.add(CaseJson.entry(entry, found.superseded())));
    if (found.older() > 0) {
      body.put("older_entries", found.older());
    }
    ArrayNode shown = body.putArray("shown");
    found.shown().forEach(one -> shown.add(CaseJson.shown(one, found.state().key())));
    return json(OK, body);
  }

  /** 201 for an outcome that is new, 200 for one that was recorded before. */
  public Reply outcome(Appended appended) {
    Appended.Item item = appended.items().get(0);
    ObjectNode body =
        JSON.createObjectNode()
            .put("id", item.entry().publicId())
            .put("status", item.added() ? "created" : "unchanged");
    body.set("case", state(appended.state(item)));
    return json(item.added() ? CREATED : OK, body);
  }

  private ObjectNode state(CaseState state) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", MemoryId.id(state.key()))
            .put("case_status", state.status().word());
    json.setAll(cases.known(state.evidence()));
    return json;
  }

  /** What each case was credited with. */
  public Reply feedback(Feedback feedback, Appended appended) {
    ObjectNode body =
        JSON.createObjectNode().put("run_id", feedback.runId()).put("reward", feedback.reward());
    ArrayNode credited = body.putArray("credited");
    for (Appended.Item item : appended.items()) {
      credited.add(
          state(appended.state(item))
              .put("as", item.entry().part() == Part.CREDIT ? "positive" : "negative")
              .put("share", item.entry().weight())
              .put("status", item.added() ? "created" : "unchanged"));
    }
    return json(OK, body);
  }

  /** The state of the case that two became. */
  public Reply merged(Merge merge, List<CaseState> states) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("id", MemoryId.id(merge.from()))
            .put("merged_into", MemoryId.id(states.get(0).key()));
    body.set("case", state(states.get(0)));
    return json(OK, body);
  }

  /** Cases like a problem. */
  public Reply search(CaseReply reply, long tookMillis) {
    ObjectNode body = JSON.createObjectNode();
    body.set("results", examples(reply.positives()));
    body.set("negatives", examples(reply.negatives()));
    if (reply.noSimilarCase()) {
      body.put("no_similar_case", true);
    }
    body.put("space", reply.space())
        .put("mode", reply.search().mode().word())
        .put("ranking", reply.arm().ranking().word());
    if (reply.arm().group() == Arm.Group.HOLDOUT) {
      body.put("holdout", true);
    }
    if (reply.truncated()) {
      body.put("problem_truncated", true);
    }
    return json(OK, body.put("took_ms", tookMillis));
  }

  private ArrayNode examples(List<Example> examples) {
    ArrayNode array = JSON.createArrayNode();
    for (Example example : examples) {
      ObjectNode json = CaseJson.of(example.row());
      json.setAll(cases.known(example.evidence()));
      json.put("value", example.value())
          .put("score", example.score())
          .put("similarity", example.similarity());
      if (!Double.isNaN(example.deviations())) {
        json.put("deviations", example.deviations());
      }
      array.add(json.put("share", example.share()));
    }
    return array;
  }

  /** Cases as a block for a prompt. */
  public Reply prompt(CasePrompt.Block block) {
    ObjectNode body =
        JSON.createObjectNode().put("text", block.text()).put("tokens", block.tokens());
    ArrayNode cases = body.putArray("cases");
    block.cases().forEach(key -> cases.add(MemoryId.id(key)));
    body.put("left_out", block.left());
    if (block.cases().isEmpty() && block.left() == 0) {
      body.put("no_similar_case", true);
    }
    return json(OK, body);
  }

  /** What became of the lines of an import. */
  public Reply imported(Ingested ingested) {
    IngestReport report = ingested.report();
    ObjectNode body =
        JSON.createObjectNode()
            .put("stored", report.stored())
            .put("updated", report.updated())
            .put("unchanged", report.unchanged())
            .put("truncated", report.truncated())
            .put("failed", report.failures());
    body.set("errors", JSON.valueToTree(report.named()));
    return json(OK, body);
  }

  /** A page of the bank, one case a line. */
  public Reply exported(ExportPage page) {
    StringBuilder lines = new StringBuilder();
    page.cases().stream()
        .filter(entry -> page.format() == ExportPage.Format.JSONL || CaseJson.judged(entry))
        .flatMap(entry -> CaseJson.exported(entry, page.format()).stream())
        .forEach(line -> lines.append(line).append('\n'));
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    return new Reply(OK, "application/x-ndjson", body, next(page));
  }

  /** The page behind this one; null behind an empty page. */
  private static String next(ExportPage page) {
    if (page.cases().isEmpty()) {
      return null;
    }
    String last = MemoryId.id(page.cases().get(page.cases().size() - 1).row().getString("_id"));
    return "</v1/cases/export/%s?limit=%d&after=%s>; rel=\"next\""
        .formatted(
            page.format().word(), page.limit(), URLEncoder.encode(last, StandardCharsets.UTF_8));
  }

  /** What the learned values are worth. */
  public Reply uplift(Uplift uplift) {
    ObjectNode body = JSON.createObjectNode();
    body.set("learned", share(uplift.learned()));
    body.set("holdout", share(uplift.holdout()));
    if (uplift.known()) {
      body.putObject("uplift")
          .put("mean", uplift.mean())
          .put("low", uplift.low())
          .put("high", uplift.high());
    }
    return json(OK, body);
  }

  private static ObjectNode share(Share share) {
    ObjectNode json = JSON.createObjectNode().put("runs", share.runs());
    return share.runs() == 0
        ? json
        : json.put("success", share.mean()).put("low", share.low()).put("high", share.high());
  }

  private static Reply json(int status, JsonNode body) {
    return RestReplies.json(status, body);
  }
}
