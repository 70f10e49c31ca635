package org.hippocamel.recall;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.Settings;
import org.hippocamel.config.VectorSettings;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.problem.Problem;
import org.hippocamel.recall.SearchReply.Hit;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/** The values of {@code routes/recall.camel.yaml}, step by step. An empty pipeline asks nothing. */
public final class Recalling {
  private static final String PATIENCE = "recall.patience-millis";
  private static final List<Bson> NOTHING = List.of();

  private final ActiveSpace space;
  private final Settings.Recall settings;
  private final VectorSettings vectors;
  private final Clock clock;
  private final RecallCounts counts;
  private final SearchPipelines pipelines;

  public Recalling(
      ActiveSpace space,
      Settings.Recall settings,
      VectorSettings vectors,
      Clock clock,
      RecallCounts counts) {
    this.space = space;
    this.settings = settings;
    this.clock = clock;
    this.counts = counts;
    this.vectors = vectors;
    this.pipelines = new SearchPipelines(settings, vectors);
  }

  /**
   * The first round of a search. A page that follows another is made as that one was: with its
   * moment, its calibration and lists no shorter, and by words alone if that one was.
   *
   * @throws Problem UNAVAILABLE before start-up has come that far; INVALID when the space is not
   *     there, or the vectors are not those of the page before; CONFLICT when the space is not
   *     complete
   */
  public Round first(RecallRequest request) {
    Cursor after = request.page().after();
    Space searched = space.named(request.space());
    if (after == null) {
      Instant now = clock.instant();
      return new Round(
          request,
          searched,
          now,
          space.calibration(searched.id(), request.scope().tenant()),
          pool(request),
          known(request),
          null);
    }
    if (after.space() != RequestDigest.hash(searched.id())) {
      throw Problem.invalid(
          "/cursor",
          "cursor belongs to another embedding space than "
              + searched.id()
              + ", which is searched now; search again without it");
    }
    Question question =
        after.byWordsAlone()
            ? Question.unanswered("its first page was made while the embedder was away")
            : known(request);
    return new Round(
        request, searched, after.asOf(), after.calibration(), pool(request), question, null);
  }

  private static Question known(RecallRequest request) {
    return request.embedded() == null ? Question.NONE : Question.of(List.of(request.embedded()));
  }

  /** Candidates of the first round: at least four times what has to be in order by its end. */
  private int pool(RecallRequest request) {
    Ranking ranking = request.ranking();
    Cursor after = request.page().after();
    if (ranking.pool() != null) {
      return ranking.pool();
    }
    if (after != null && ranking.byRanks()) {
      return Math.min(settings.maxPool(), after.pool()); // anybody can write a cursor
    }
    int wanted = Math.max(settings.pool(), 4 * (request.page().before() + request.limit()));
    int before = after == null ? 0 : after.pool();
    return Math.min(settings.maxPool(), Math.max(wanted, before));
  }

  /** The query as the space wants to be asked: after its instruction. */
  public EmbedRequest question(Round round) {
    List<String> text = List.of(round.space().queryInstruction() + round.request().query());
    EmbedRequest request = new EmbedRequest(text, Lane.QUERY).in(round.space().id());
    return round.wordsMayDo() ? request.within(settings.patience(), PATIENCE) : request;
  }

  /**
   * What came of embedding the query.
   *
   * @throws Problem why there is no vector, where words alone will not do
   */
  public Question answered(Round round, List<Embedding> embedded) {
    Problem refusal = embedded.get(0).refusal();
    if (refusal == null) {
      return Question.of(embedded);
    }
    if (round.wordsMayDo() && refusal.passing()) {
      counts.degraded();
      return Question.unanswered(refusal.getMessage());
    }
    throw refusal;
  }

  /** Pipeline of the search by vector, empty when the query has none. */
  public List<Bson> nearestPipeline(Round round, Question question) {
    return question.hasVector() ? pipelines.nearest(round, question) : NOTHING;
  }

  /**
   * Whether the scores of these candidates by vector are not yet those of their floats: they would
   * not mean what scores of another encoding mean, and thresholds and calibration would be off.
   */
  public boolean approximate(List<Document> rows) {
    return vectors.encoding().approximate() && !rows.isEmpty();
  }

  /** Pipeline: the best of these candidates by vector, by their floats. */
  public List<Bson> rescoringPipeline(Round round, Question question, List<Document> rows) {
    Set<String> ids = new LinkedHashSet<>();
    rows.forEach(row -> ids.add(row.getString("_id")));
    return pipelines.rescored(round, ids, question);
  }

  /** The candidates by vector; the question goes with them, for what is asked later. */
  public Candidates nearest(List<Document> rows, Question question) {
    return new Candidates(Candidates.Stage.VECTOR, rows, question);
  }

  /** Pipeline of the search by words, empty when the mode leaves it out. */
  public List<Bson> wordsPipeline(Round round) {
    return round.byWords() ? pipelines.worded(round) : NOTHING;
  }

  /** The candidates by words, or their scores. */
  public Candidates worded(List<Document> rows) {
    return new Candidates(Candidates.Stage.LEXICAL, rows);
  }

  /** What is missing before the lists can be added up. */
  public Gaps gaps(Round round, Found found) {
    return Gaps.of(round, found);
  }

  /** Nothing is missing. */
  public Found complete() {
    return Found.nothing();
  }

  /** Pipeline: the scores by vector of what words alone brought up. */
  public List<Bson> cosinesPipeline(Round round, Gaps gaps) {
    return gaps.cosines().isEmpty()
        ? NOTHING
        : pipelines.cosines(round, gaps.cosines(), gaps.question());
  }

  /** The scores by vector of what words alone brought up. */
  public Candidates cosines(List<Document> rows) {
    return new Candidates(Candidates.Stage.VECTOR, rows);
  }

  /** Pipeline: the scores by words of what the vector alone brought up. */
  public List<Bson> wordScoresPipeline(Round round, Gaps gaps) {
    return gaps.words().isEmpty() ? NOTHING : pipelines.wordScores(round, gaps.words());
  }

  /** Pipeline: what is shown of the results. */
  public List<Bson> rowsPipeline(Round round) {
    List<String> ids = round.ranked().page().stream().map(Scored::id).toList();
    return ids.isEmpty() ? NOTHING : pipelines.rows(round, ids);
  }

  /**
   * The reply of a search that has come to an end. A memory that was deleted meanwhile is left out.
   *
   * @param rows the results as they are stored, in any order
   */
  public SearchReply reply(Round round, List<Document> rows) {
    Map<String, Document> byId = new HashMap<>();
    rows.forEach(row -> byId.put(row.getString("_id"), row));
    RecallRequest request = round.request();
    List<Hit> hits = new ArrayList<>();
    int rank = request.page().before();
    for (Scored one : round.ranked().page()) {
      rank++;
      if (byId.containsKey(one.id())) {
        hits.add(one.hit(byId.get(one.id()), rank));
      }
    }
    return new SearchReply(
        hits,
        round.space().id(),
        request.mode(),
        request.explain(),
        round.question().truncated(),
        round.question().away(),
        next(round));
  }

  /** Where the next page begins, null at the end. */
  private String next(Round round) {
    Ranked ranked = round.ranked();
    if (!ranked.more() || ranked.page().isEmpty()) {
      return null;
    }
    RecallRequest request = round.request();
    Scored last = ranked.page().get(ranked.page().size() - 1);
    return new Cursor(
            RequestDigest.of(request),
            RequestDigest.hash(round.space().id()),
            request.page().before() + ranked.page().size(),
            round.pool(),
            round.asOf(),
            round.calibration(),
            round.question().away() != null,
            last.score(),
            MemoryId.id(last.id()))
        .text();
  }
}
