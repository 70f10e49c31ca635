package org.hippocamel.cases;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hippocamel.memory.Solved;

/**
 * A case as somebody wants it stored: checked field by field, but not yet complete.
 *
 * @param tenant whose it is
 * @param id the caller's own id, or null for one derived from the content
 * @param agentId who solved it, or null
 * @param sessionId in which conversation, or null
 * @param problem what had to be done; null to take it from the interaction
 * @param solution what was done; null to take it from the interaction
 * @param steps the same step by step
 * @param taskType or null
 * @param tools what the solution needs
 * @param metadata flat
 * @param occurredAt when it happened, or null
 * @param expiresAt when to forget it, or null
 * @param from id of the interaction that it is made of, or null
 * @param outcomes what came of it so far, for a case that has no key yet
 * @param trusted whether the sender may say what worked
 */
public record CaseForm(
    String tenant,
    String id,
    String agentId,
    String sessionId,
    String problem,
    String solution,
    List<Solved.Step> steps,
    String taskType,
    List<String> tools,
    Map<String, Object> metadata,
    Instant occurredAt,
    Instant expiresAt,
    String from,
    List<LogEntry> outcomes,
    boolean trusted) {
  public CaseForm {
    steps = List.copyOf(steps);
    tools = List.copyOf(tools);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    outcomes = List.copyOf(outcomes);
  }
}
