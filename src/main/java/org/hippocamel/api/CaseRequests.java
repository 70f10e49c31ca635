package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hippocamel.cases.CaseForm;
import org.hippocamel.cases.CaseImport;
import org.hippocamel.cases.CaseSearch;
import org.hippocamel.cases.Feedback;
import org.hippocamel.cases.Leniency;
import org.hippocamel.cases.LogEntry;
import org.hippocamel.cases.Merge;
import org.hippocamel.cases.NewOutcomes;
import org.hippocamel.cases.PromptRequest;
import org.hippocamel.cases.Ranking;
import org.hippocamel.config.Limits;
import org.hippocamel.ingest.IngestReport;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.FilterFields;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Mode;

/**
 * Request bodies to requests of the case bank, as {@code routes/api-cases.camel.yaml} asks for
 * them. Thread-safe.
 */
public final class CaseRequests {
  private static final int DEFAULT_K = 3;
  private static final Bound K = Bound.fixed(50);
  private static final Bound DAYS = Bound.fixed(100_000);
  private static final Bound TOKENS = Bound.fixed(1_000_000);
  private static final Bound NOTE = Bound.fixed(2_000);
  private static final Bound USED = Bound.fixed(100);
  private static final double HALF = 0.5;
  private static final List<String> RANKINGS =
      Stream.of(Ranking.values()).map(Ranking::word).toList();

  private final CaseFields fields;
  private final OutcomeFields outcomes;
  private final FilterGrammar grammar;
  private final CaseLines lines;
  private final Fusing fusing;
  private final Role positiveRole;
  private final String inboxTenant;
  private final Bound ids;
  private final Bound query;

  /**
   * @param lines how lines of an import are read
   * @param fusing of mode hybrid
   * @param positiveRole who may say that something went well
   * @param inboxTenant whose files of the inbox are
   */
  public CaseRequests(
      Limits limits,
      MetadataSchema schema,
      CaseLines lines,
      Fusing fusing,
      Role positiveRole,
      String inboxTenant) {
    this.fields = new CaseFields(limits, schema);
    this.outcomes = new OutcomeFields(limits);
    this.grammar = new FilterGrammar(FilterFields.of(schema), limits);
    this.lines = lines;
    this.fusing = fusing;
    this.positiveRole = positiveRole;
    this.inboxTenant = inboxTenant;
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
    this.query = new Bound(limits.maxQueryChars(), "limits.max-query-chars");
  }

  /**
   * A case to store.
   *
   * @throws Problem Malformed, Invalid with all faults, or Forbidden where the caller may not say
   *     that it worked
   */
  public CaseForm create(byte[] body, Caller caller) {
    CaseForm form = fields.sent(object(body), caller.tenant(), caller.may(positiveRole));
    form.outcomes().forEach(outcome -> mayPraise(caller, praises(outcome)));
    return form;
  }

  /** One outcome of the case that the path names; faults as {@link #create}. */
  public NewOutcomes outcome(byte[] body, Named named, Caller caller) {
    JsonObject in = object(body);
    LogEntry entry = outcomes.verdict(in, caller.tenant());
    in.finish();
    mayPraise(caller, praises(entry));
    return new NewOutcomes(caller.tenant(), List.of(entry.ofCase(named.key())), Leniency.NONE);
  }

  /** How a run went; faults as {@link #create}. */
  public Feedback feedback(byte[] body, Caller caller) {
    JsonObject in = object(body);
    String runId = in.id("run_id", true, ids);
    Double reward = in.decimal("reward", 0, 1);
    if (reward == null && in.value("reward", false) == null) {
      in.refuse("reward", "reward is required");
    }
    String evaluator = in.id("evaluator", false, ids);
    String note = in.string("note", false, NOTE);
    List<String> used = in.ids("used", USED, ids);
    in.finish();
    mayPraise(caller, reward >= HALF);
    return new Feedback(caller.tenant(), runId, reward, evaluator, note, used);
  }

  /** A reward counts whatever the word beside it is. */
  private static boolean praises(LogEntry entry) {
    return entry.success() || entry.reward() >= HALF;
  }

  private void mayPraise(Caller caller, boolean positive) {
    if (positive) {
      needed(caller, "to say that something went well");
    }
  }

  private void needed(Caller caller, String what) {
    if (!caller.may(positiveRole)) {
      throw new Problem(
          ProblemKind.FORBIDDEN,
          what
              + " needs the role "
              + positiveRole.word()
              + " (cases.positive-role), the API key has "
              + caller.widest());
    }
  }

  /**
   * The case of the path is to become part of the one that the body names, which gets its
   * successes.
   *
   * @throws Problem Malformed, Invalid, or Forbidden where the caller may not say that something
   *     worked
   */
  public Merge merge(byte[] body, Named named, Caller caller) {
    JsonObject in = object(body);
    String into = in.id("into", true, ids);
    in.finish();
    needed(caller, "to make two cases one");
    return new Merge(caller.tenant(), named.key(), MemoryId.key(caller.tenant(), into));
  }

  /** A search. */
  public CaseSearch search(byte[] body, Caller caller) {
    JsonObject in = object(body);
    CaseSearch search = search(in, caller);
    in.finish();
    return search;
  }

  /** A search whose answer is to stand in a prompt. */
  public PromptRequest prompt(byte[] body, Caller caller) {
    JsonObject in = object(body);
    CaseSearch search = search(in, caller);
    int budget = in.integer("token_budget", 1, TOKENS, 0);
    in.finish();
    return new PromptRequest(search, budget == 0 ? null : budget);
  }

  private CaseSearch search(JsonObject in, Caller caller) {
    in.forbid("tenant", "the tenant comes from the API key");
    String problem = in.string("problem", true, query);
    int k = in.integer("k", 0, K, DEFAULT_K);
    int negatives = in.integer("k_negative", 0, K, 0);
    if (k + negatives == 0) {
      in.refuse("k", "k and k_negative are both 0: nothing is wanted");
    }
    Mode mode = RankingFields.mode(in);
    String ranking = in.choice("ranking", RANKINGS);
    Double minSimilarity = in.decimal("min_similarity", -100, 100);
    Double minReward = in.decimal("min_reward", 0, 1);
    int days = in.integer("max_age_days", 1, DAYS, 0);
    String taskType = in.id("task_type", false, ids);
    List<String> tools =
        in.value("tools", false) == null ? null : in.ids("tools", CaseFields.TOOLS, ids);
    String agentId = in.id("agent_id", false, ids);
    JsonNode filter = in.value("filter", false);
    String runId = in.id("run_id", false, ids);
    return new CaseSearch(
        caller.tenant(),
        problem,
        k,
        negatives,
        mode,
        fusing,
        ranking == null ? null : Ranking.of(ranking),
        minSimilarity,
        new CaseSearch.Conditions(
            minReward,
            days == 0 ? null : Duration.ofDays(days),
            taskType,
            tools,
            agentId,
            filter == null
                ? null
                : grammar.parse(filter, in.at("filter"), in.errors()).orElse(null)),
        runId);
  }

  /** The lines of an import. */
  public CaseImport lines(byte[] body, Caller caller) {
    return new CaseImport(
        caller.tenant(),
        lines.open(new ByteArrayInputStream(body == null ? new byte[0] : body), caller.tenant()),
        new IngestReport());
  }

  /** A file of cases in the inbox. */
  public CaseImport dropped(String path) throws IOException {
    return new CaseImport(
        inboxTenant,
        lines.open(Files.newInputStream(Path.of(path)), inboxTenant),
        new IngestReport());
  }

  /**
   * The format that the path of an export names. A query parameter of that name shares its header
   * with the path's and comes first.
   */
  public String format(Map<String, Object> headers) {
    Object format = headers.get("format");
    Object last = format instanceof List<?> all ? all.get(all.size() - 1) : format;
    return last == null ? "" : last.toString();
  }

  private static JsonObject object(byte[] body) {
    List<FieldError> errors = new ArrayList<>();
    return JsonObject.of(Body.parse(body), "", errors);
  }
}
