package org.hippocamel.recall;

import java.util.List;
import java.util.Set;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.Settings;
import org.hippocamel.spaces.Space;

/**
 * What the store is asked, as BSON made of values. Tenant, kinds and every filter are inside the
 * search stages, never after them. Lists hold ids and scores; texts are fetched for results only.
 */
final class SearchPipelines {
  private static final int MAX_CANDIDATES = 10_000; // $vectorSearch allows no more
  private static final String VECTOR_SCORE = "vectorSearchScore";
  private static final String LEXICAL_SCORE = "searchScore";
  private static final List<String> SHOWN =
      List.of(
          "tenant",
          "kind",
          "agent_id",
          "session_id",
          "text",
          "metadata",
          "source",
          "case",
          "occurred_at");

  private final Settings.Recall settings;

  SearchPipelines(Settings.Recall settings) {
    this.settings = settings;
  }

  /** The nearest vectors, best first, with Atlas's score (1 + cosine) / 2. */
  List<Bson> nearest(Round round, Question question) {
    Document stage =
        near(round, question, round.request().scope(), round.pool())
            .append(
                "numCandidates",
                Math.min(MAX_CANDIDATES, round.pool() * settings.candidatesFactor()));
    return List.of(new Document("$vectorSearch", stage), candidate(round, VECTOR_SCORE));
  }

  /** The scores by vector of these memories. */
  List<Bson> cosines(Round round, Set<String> ids, Question question) {
    Scope scope = round.request().scope().among(ids);
    Document stage = near(round, question, scope, ids.size()).append("exact", true);
    return List.of(new Document("$vectorSearch", stage), score(VECTOR_SCORE));
  }

  private static Document near(Round round, Question question, Scope scope, int limit) {
    Space searched = round.space();
    return new Document("index", searched.index())
        .append("path", searched.path())
        .append("queryVector", BinaryVector.floatVector(question.vector()))
        .append("limit", limit)
        .append("filter", scope.vectorFilter());
  }

  /** The best words, best first, with the BM25 score. */
  List<Bson> worded(Round round) {
    return List.of(
        WordQuery.stage(round.request().query(), round.request().scope()),
        new Document("$limit", round.pool()),
        candidate(round, LEXICAL_SCORE));
  }

  /** The scores by words of these memories. */
  List<Bson> wordScores(Round round, Set<String> ids) {
    return List.of(
        WordQuery.stage(round.request().query(), round.request().scope().among(ids)),
        new Document("$limit", ids.size()),
        score(LEXICAL_SCORE));
  }

  /** What a reply shows of these memories, in any order. */
  List<Bson> rows(Round round, List<String> ids) {
    Document these =
        new Document("_id", new Document("$in", ids))
            .append(FilterFields.TENANT, round.request().scope().tenant());
    Document shown = new Document();
    SHOWN.forEach(field -> shown.append(field, 1));
    return List.of(new Document("$match", these), new Document("$project", shown));
  }

  /** Id, score, and the age where it counts. */
  private static Document candidate(Round round, String score) {
    Document project = score(score);
    if (round.request().ranking().freshness() != null) {
      project.get("$project", Document.class).append("occurred_at", 1);
    }
    return project;
  }

  private static Document score(String score) {
    return new Document("$project", new Document("score", new Document("$meta", score)));
  }
}
