package org.hippocamel.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.bson.Document;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Lane;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.JsonReport;
import org.hippocamel.eval.Ranking;
import org.hippocamel.eval.Report;
import org.hippocamel.eval.Run;
import org.hippocamel.eval.Variant;
import org.hippocamel.graph.Citation;
import org.hippocamel.graph.ContextReply;
import org.hippocamel.job.JobRequest;
import org.hippocamel.job.JobRun;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.memory.Remembered;
import org.hippocamel.memory.Remembered.Status;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.search.Searched;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/** The values of an evaluation, step by step as {@code routes/evaluate.camel.yaml} takes them. */
public final class Evaluating {
  private static final int DOCUMENTS_PER_WRITE = 32;

  private final ActiveSpace spaces;
  private final DatasetFolders folders;
  private final EvaluationLedger ledger;
  private final Questions questions;
  private final boolean cached;
  private final int maxResults;
  private final LongSupplier nanos;

  /**
   * @param cached whether the vectors of queries are kept: then they are embedded once for all
   *     modes
   * @param maxResults that all searches of an evaluation may ask for together
   * @param nanos a clock for durations
   */
  public Evaluating(
      ActiveSpace spaces,
      DatasetFolders folders,
      EvaluationLedger ledger,
      Questions questions,
      boolean cached,
      int maxResults,
      LongSupplier nanos) {
    this.spaces = spaces;
    this.folders = folders;
    this.ledger = ledger;
    this.questions = questions;
    this.cached = cached;
    this.maxResults = maxResults;
    this.nanos = nanos;
  }

  /**
   * The job of an order.
   *
   * @param rows of the evaluation to compare with, as far as there are any
   * @throws Problem INVALID when that has no report
   */
  public JobRequest job(EvaluationOrder order, List<Document> rows) {
    String earlier = order.earlier();
    if (earlier != null && rows.stream().noneMatch(row -> row.containsKey("json"))) {
      throw Problem.invalid("/earlier", "no evaluation \"" + earlier + "\" with a report");
    }
    return order.job();
  }

  /** An evaluation that begins, or is to be cleared up after. */
  public Assessment open(JobRun run) {
    return new Assessment(run);
  }

  /**
   * Reads the set and the runs to compare with.
   *
   * @param rows of this evaluation and of that one
   * @throws Problem when the set is not what it should be, or the earlier one is gone
   */
  public void load(Assessment assessment, List<Document> rows) {
    Document own = ledger.found(rows, assessment.run().named());
    Dataset set =
        assessment.throwAway()
            ? folders.read(assessment.folder())
            : EvaluationLedger.inline(assessment.run().named().tenant(), own);
    bounded(assessment, set);
    assessment.load(set, earlier(assessment, rows));
    assessment.storing(nanos.getAsLong());
  }

  private void bounded(Assessment assessment, Dataset set) {
    int modes = assessment.variants().size();
    int queries = set.queries().size();
    if ((long) modes * queries * assessment.depth() > maxResults) {
      throw new Problem(
          ProblemKind.INVALID,
          "%d modes x %d queries x depth %d are more than %d results (evaluation.max-results)"
              .formatted(modes, queries, assessment.depth(), maxResults));
    }
  }

  private List<Run> earlier(Assessment assessment, List<Document> rows) {
    String id = assessment.earlierId();
    if (id == null) {
      return List.of();
    }
    Document row = ledger.found(rows, assessment.run().named().sibling(id));
    String json = new String(ledger.report(row, "json", assessment.run().named().sibling(id)));
    return JsonReport.runs(json).stream().map(run -> run.named("earlier " + run.name())).toList();
  }

  /** The documents to store, some at a time; none where a tenant's own memories are asked. */
  public List<List<Dataset.Document>> slices(Assessment assessment) {
    List<Dataset.Document> documents = assessment.documents();
    List<List<Dataset.Document>> slices = new ArrayList<>();
    for (int from = 0; from < documents.size(); from += DOCUMENTS_PER_WRITE) {
      slices.add(documents.subList(from, Math.min(from + DOCUMENTS_PER_WRITE, documents.size())));
    }
    return slices;
  }

  /** Documents as memories of the set's own tenant, their ids the set's. */
  public RememberRequest drafts(Assessment assessment, List<Dataset.Document> slice) {
    List<Draft> drafts =
        slice.stream()
            .map(
                one ->
                    new Draft(
                        Kind.INTERACTION,
                        one.id(),
                        "evaluation",
                        null,
                        one.whole(),
                        Map.of(),
                        null,
                        null,
                        List.of(),
                        null))
            .toList();
    return new RememberRequest(assessment.tenant(), Lane.INGEST, drafts);
  }

  /**
   * Counts what was stored.
   *
   * @throws Problem when a document was refused: figures without it would not be the set's
   */
  public void stored(Assessment assessment, Remembered done) {
    for (Remembered.Item item : done.items()) {
      if (item.refusal() != null) {
        throw new Problem(
            item.refusal().kind(),
            "document " + item.id() + " is not stored: " + item.refusal().getMessage(),
            item.refusal());
      }
    }
    long unchanged = done.count(Status.UNCHANGED);
    assessment.run().progress().skipped(unchanged);
    assessment.run().progress().did(done.items().size() - unchanged);
  }

  /** The spaces that queries are asked in. */
  public List<Space> spaces(Assessment assessment) {
    return assessment.variants().stream()
        .map(variant -> variant.fields().path("space").asText(null))
        .distinct()
        .map(spaces::named)
        .toList();
  }

  /** Notes that all documents can be found. */
  public void settled(Assessment assessment) {
    assessment.stored(nanos.getAsLong());
  }

  /**
   * One question for each query and space that some mode needs a vector of; none without a cache.
   */
  public List<Question> vectorQuestions(Assessment assessment) {
    List<Question> all = new ArrayList<>();
    Set<String> spaces = new HashSet<>();
    for (int i = 0; cached && i < assessment.variants().size(); i++) {
      List<Question> asked = questions(assessment, i);
      if (!asked.isEmpty() && asked.get(0).byVector() && spaces.add(asked.get(0).space())) {
        all.addAll(asked);
      }
    }
    return all;
  }

  /** Every query in every mode, mode after mode. */
  public List<Question> questions(Assessment assessment) {
    List<Question> all = new ArrayList<>();
    for (int i = 0; i < assessment.variants().size(); i++) {
      all.addAll(questions(assessment, i));
    }
    return all;
  }

  private List<Question> questions(Assessment assessment, int variant) {
    List<Question> asked = new ArrayList<>();
    for (int i = 0; i < assessment.dataset().queries().size(); i++) {
      asked.add(question(assessment, variant, i));
    }
    return asked;
  }

  private Question question(Assessment assessment, int number, int query) {
    Variant variant = assessment.variants().get(number);
    String tenant = assessment.tenant();
    String words = assessment.dataset().queries().get(query).text();
    int depth = assessment.depth();
    return variant.context()
        ? new Question(number, query, null, questions.context(variant, tenant, words, depth))
        : new Question(number, query, questions.search(variant, tenant, words, depth), null);
  }

  /** The text of a query, embedded even if its vector is known. */
  public EmbedRequest anew(EmbedRequest request) {
    return request.again();
  }

  /** This moment, for durations. */
  public long now() {
    return nanos.getAsLong();
  }

  /** Notes how long a query's embedding took. */
  public void embedded(Assessment assessment, Question question, long began) {
    assessment.embedded(question, nanos.getAsLong() - began);
  }

  /** Notes what was found, each document or source with its best score, and how long it took. */
  public void searched(Assessment assessment, Question question, long began, Searched searched) {
    long took = nanos.getAsLong() - began;
    SearchReply reply = searched.found();
    asAsked(reply.degraded(), searched.rerankReason());
    Map<String, Double> best = new LinkedHashMap<>();
    for (Searched.Place place : searched.order()) {
      name(reply.hits().get(place.index()).row(), assessment.sources())
          .ifPresent(id -> best.merge(id, place.score(), Math::max));
    }
    assessment.answered(question, ranking(best), reply.space(), took);
  }

  /**
   * Notes what a context holds. Its memories are scored by their places: the order is not that of
   * one stage's scores.
   */
  public void assembled(Assessment assessment, Question question, long began, ContextReply reply) {
    long took = nanos.getAsLong() - began;
    asAsked(reply.recalled().degraded(), reply.ranked().reason());
    List<Citation> citations = reply.cited().citations();
    Map<String, Double> best = new LinkedHashMap<>();
    for (Citation one : citations) {
      double score = citations.size() - one.number();
      name(one.candidate().row(), assessment.sources())
          .ifPresent(id -> best.merge(id, score, Math::max));
    }
    assessment.answered(question, ranking(best), reply.recalled().space(), took);
  }

  private static Ranking ranking(Map<String, Double> best) {
    return Ranking.of(
        best.entrySet().stream()
            .map(found -> new Ranking.Scored(found.getKey(), found.getValue()))
            .toList());
  }

  /**
   * Else something else would be measured than what the mode says. An embedder that is away is
   * waited for; a reranker that is not asked, or too slow, would be so again.
   */
  private static void asAsked(String degraded, String notReranked) {
    if (degraded != null) {
      throw new Problem(
          ProblemKind.UNAVAILABLE, "a search was answered by words alone: " + degraded);
    }
    if (notReranked != null) {
      throw new Problem(ProblemKind.RERANKER_FAILED, "a search was not reranked, " + notReranked);
    }
  }

  private static java.util.Optional<String> name(Document row, boolean sources) {
    return java.util.Optional.ofNullable(
        sources
            ? row.get("source", new Document()).getString("uri")
            : MemoryId.id(row.getString("_id")));
  }

  /** What was found. */
  public Report report(Assessment assessment) {
    Report report = assessment.report();
    assessment.done(Document.parse(JsonReport.table(report)));
    return report;
  }

  /** Whether the set's own tenant is to go: not while another run may go on with it. */
  public boolean over(Assessment assessment) {
    boolean done = assessment.table() != null || assessment.run().over();
    return assessment.throwAway() && done;
  }

  /** Filter: all memories of the set's own tenant. */
  public Document memories(Assessment assessment) {
    if (!assessment.throwAway()) {
      throw new Problem(ProblemKind.UNEXPECTED, "a tenant's own memories are not cleared");
    }
    String tenant = assessment.tenant();
    spaces.forget(tenant);
    Document ids = new Document("$gte", MemoryId.key(tenant, "")).append("$lt", tenant + ";");
    return new Document("_id", ids).append("tenant", tenant);
  }

  /** Ends the job, when there is a report. */
  public void finish(Assessment assessment) {
    if (assessment.table() != null) {
      assessment.run().finish(assessment.table());
    }
  }
}
