package org.hippocamel.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.Named;
import org.hippocamel.memory.Solved;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** Makes complete cases: of a form alone, or of a form and the interaction that it names. */
public final class Promoting {
  private final Scrubber scrubber;

  public Promoting(Scrubber scrubber) {
    this.scrubber = scrubber;
  }

  /** Whether an interaction is to be looked up. */
  public boolean promotes(CaseForm form) {
    return form.from() != null;
  }

  /** Pipeline: the interaction that the form names. */
  public List<Bson> interactionPipeline(CaseForm form) {
    return List.of(
        new Document(
            "$match",
            new Document("_id", MemoryId.key(form.tenant(), form.from()))
                .append("kind", Kind.INTERACTION.word())),
        new Document("$unset", List.of("vectors")));
  }

  /**
   * The case of a form and its interaction: the interaction's text is what the form leaves out,
   * problem or solution; so are agent, session, metadata and time.
   *
   * @throws Problem NOT_FOUND without the interaction; INVALID when the form leaves out both
   */
  public NewCase promoted(CaseForm form, List<Document> found) {
    if (found.isEmpty()) {
      throw new Problem(
          ProblemKind.NOT_FOUND,
          "no interaction with id " + new Named(form.tenant(), form.from()).shown());
    }
    if (form.problem() == null && form.solution() == null) {
      throw Problem.invalid(
          List.of(
              new FieldError("/problem", "problem or solution is required beside from"),
              new FieldError("/solution", "problem or solution is required beside from")));
    }
    Document row = found.get(0);
    Map<String, Object> metadata = new LinkedHashMap<>();
    row.get("metadata", new Document()).forEach((name, value) -> metadata.put(name, plain(value)));
    metadata.putAll(form.metadata());
    String text = row.getString("text");
    return complete(
        new CaseForm(
            form.tenant(),
            form.id(),
            Objects.requireNonNullElse(form.agentId(), row.getString("agent_id")),
            form.sessionId() == null ? row.getString("session_id") : form.sessionId(),
            Objects.requireNonNullElse(form.problem(), text),
            Objects.requireNonNullElse(form.solution(), text),
            form.steps(),
            form.taskType(),
            form.tools(),
            metadata,
            form.occurredAt() == null ? row.getDate("occurred_at").toInstant() : form.occurredAt(),
            form.expiresAt(),
            form.from(),
            form.outcomes(),
            form.trusted()));
  }

  private static Object plain(Object stored) {
    if (stored instanceof List<?> list) {
      return list.stream().map(Promoting::plain).toList();
    }
    return stored instanceof java.util.Date date ? date.toInstant() : stored;
  }

  /** The case of a form that has all it needs; its secrets are gone. */
  public NewCase complete(CaseForm form) {
    Scrubber.Pass pass = scrubber.pass();
    List<Solved.Step> steps =
        form.steps().stream()
            .map(
                step ->
                    new Solved.Step(pass.text(step.text()), step.tool(), pass.text(step.result())))
            .toList();
    Draft draft =
        new Draft(
            Kind.CASE,
            form.id(),
            form.agentId(),
            form.sessionId(),
            pass.text(form.problem()),
            pass.metadata(form.metadata()),
            form.occurredAt(),
            form.expiresAt(),
            form.from() == null ? List.of() : List.of(form.from()),
            null,
            new Solved(pass.text(form.solution()), steps, form.taskType(), form.tools()),
            null);
    NewCase empty = new NewCase(form.tenant(), draft, List.of(), 0, form.trusted());
    List<LogEntry> outcomes = new ArrayList<>();
    for (LogEntry outcome : form.outcomes()) {
      outcomes.add(
          named(form.tenant(), outcome.ofCase(empty.key()).noted(pass.text(outcome.note()))));
    }
    return new NewCase(form.tenant(), draft, outcomes, pass.count(), form.trusted());
  }

  /** What a case comes with is there once, however often it is sent. */
  private static LogEntry named(String tenant, LogEntry outcome) {
    if (outcome.id() != null) {
      return outcome;
    }
    String name =
        outcome.supersedes() != null
            ? LogId.correcting(outcome.supersedes())
            : LogId.of(
                "came-with",
                outcome.caseKey(),
                outcome.part().word(),
                outcome.success(),
                outcome.reward(),
                outcome.at(),
                outcome.evaluator(),
                outcome.note(),
                outcome.runId());
    return outcome.named(MemoryId.key(tenant, name));
  }
}
