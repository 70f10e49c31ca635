package org.hippocamel.cases;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.CaseSettings;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.memory.CaseStatus;
import org.hippocamel.memory.Kind;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;
import org.hippocamel.recall.Ranking;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceSetup;

/**
 * The values of finding candidates. What a case is and every filter are inside the search, so that
 * {@code k} examples come back whenever there are {@code k}; where near-duplicates fill the list,
 * it is made longer.
 */
public final class Shortlisting {
  private static final int MOST = 500;
  private static final int WIDENING = 4;
  private static final String TOOLS = "case.tools";

  private final ActiveSpace space;
  private final CaseSettings.Search settings;
  private final Clock clock;

  public Shortlisting(ActiveSpace space, CaseSettings.Search settings, Clock clock) {
    this.space = space;
    this.settings = settings;
    this.clock = clock;
  }

  /** The space that the whole search is made in. */
  public Space space() {
    return space.get();
  }

  /**
   * The problem as stored ones were embedded: their like is looked for. Nothing without vectors.
   */
  public EmbedRequest question(CaseSearch search, Space in) {
    List<String> texts =
        search.mode().vector() ? List.of(in.asStored(search.problem())) : List.of();
    return new EmbedRequest(texts, Lane.QUERY).in(in.id());
  }

  /** Whether it must be known which tools there are. */
  public boolean choosesTools(CaseSearch search) {
    return search.conditions().tools() != null;
  }

  /** Command: the tools that any case of the tenant needs; the range leads it to their index. */
  public Document toolsCommand(CaseSearch search) {
    return new Document("distinct", SpaceSetup.MEMORIES)
        .append("key", TOOLS)
        .append(
            "query",
            new Document(TOOLS, new Document("$gt", ""))
                .append("tenant", search.tenant())
                .append("kind", Kind.CASE.word()));
  }

  /**
   * Those that the agent cannot use: a case needs no other tools than its own if it has none of
   * them.
   */
  public List<String> foreign(CaseSearch search, Document reply) {
    List<String> foreign = new ArrayList<>(reply.getList("values", String.class));
    foreign.removeAll(search.conditions().tools());
    return foreign;
  }

  /** No tool is out of reach. */
  public List<String> none() {
    return List.of();
  }

  public Shortlist positives(
      CaseSearch search, List<Embedding> question, List<String> foreign, Space in) {
    return empty(search, true, question, foreign, in);
  }

  public Shortlist negatives(
      CaseSearch search, List<Embedding> question, List<String> foreign, Space in) {
    return empty(search, false, question, foreign, in);
  }

  private Shortlist empty(
      CaseSearch search,
      boolean positive,
      List<Embedding> question,
      List<String> foreign,
      Space in) {
    int limit = Math.max(settings.candidates(), positive ? search.k() : search.negatives());
    return new Shortlist(
        search, positive, question, in, foreign, Math.min(MOST, limit), null, Map.of(), 0);
  }

  /** Whether there may be more examples than were found. */
  public boolean thin(Shortlist list) {
    if (list.wanted() == 0) {
      return false;
    }
    if (list.found() == null) {
      return true;
    }
    boolean cut = list.found().hits().size() == list.limit() && list.limit() < MOST;
    return cut && list.distinct() < list.wanted();
  }

  /** The same, to be looked for in a longer list where there was one already. */
  public Shortlist next(Shortlist list) {
    return list.found() == null ? list : list.wider(Math.min(MOST, list.limit() * WIDENING));
  }

  /** The search for candidates. */
  public RecallRequest recall(Shortlist list) {
    CaseSearch search = list.search();
    Embedding vector = list.question().isEmpty() ? null : list.question().get(0);
    if (vector != null) {
      vector.orThrow();
    }
    Scope scope =
        new Scope(
            search.tenant(),
            Set.of(Kind.CASE),
            search.conditions().agentId(),
            null,
            new Filter.And(conditions(list)));
    return RecallRequest.of(
            search.problem(), scope, Ranking.of(search.mode(), search.fusing()), list.limit())
        .with(vector, list.space().id());
  }

  private List<Filter> conditions(Shortlist list) {
    CaseSearch.Conditions wanted = list.search().conditions();
    List<Filter> all = new ArrayList<>();
    CaseStatus status = list.positive() ? CaseStatus.SUCCESS : CaseStatus.FAILURE;
    all.add(new Filter.Eq(FilterFields.CASE_STATUS, status.word()));
    if (list.positive() && wanted.minReward() != null) {
      all.add(new Filter.Range(FilterFields.CASE_REWARD, Filter.Order.GTE, wanted.minReward()));
    }
    if (wanted.maxAge() != null) {
      all.add(
          new Filter.Range(
              "occurred_at", Filter.Order.GTE, clock.instant().minus(wanted.maxAge())));
    }
    if (wanted.taskType() != null) {
      all.add(new Filter.Eq("case.task_type", wanted.taskType()));
    }
    if (!list.foreign().isEmpty()) {
      all.add(new Filter.Nin(TOOLS, List.copyOf(list.foreign())));
    }
    if (wanted.filter() != null) {
      all.add(wanted.filter());
    }
    return all;
  }

  /** Pipeline: where the candidates' problems are. */
  public List<Bson> placesPipeline(Shortlist list, SearchReply found) {
    List<String> ids = found.hits().stream().map(hit -> hit.row().getString("_id")).toList();
    return List.of(
        new Document("$match", new Document("_id", new Document("$in", ids))),
        new Document("$project", new Document(list.space().path(), 1)));
  }

  /** The list with what was found. */
  public Shortlist found(Shortlist list, SearchReply found, List<Document> rows) {
    Map<String, Place> places = new HashMap<>();
    String id = list.space().id();
    for (Document row : rows) {
      Object vector = row.get("vectors") instanceof Document vectors ? vectors.get(id) : null;
      if (vector != null) {
        places.put(row.getString("_id"), new Place(id, Place.floats(vector)));
      }
    }
    Distinct distinct = new Distinct(places, settings.nearDuplicate());
    found.hits().forEach(hit -> distinct.admits(hit.row().getString("_id")));
    return list.with(found, places, distinct.size());
  }
}
