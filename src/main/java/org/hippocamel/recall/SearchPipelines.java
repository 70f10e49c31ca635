package org.hippocamel.recall;

import java.util.List;
import java.util.Set;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.Settings;
import org.hippocamel.config.VectorSettings;
import org.hippocamel.config.VectorSettings.Encoding;
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
  private final VectorSettings vectors;

  SearchPipelines(Settings.Recall settings, VectorSettings vectors) {
    this.settings = settings;
    this.vectors = vectors;
  }

  /**
   * The nearest vectors, best first, with Atlas's score (1 + cosine) / 2. Where that is only nearly
   * so there are more of them, for {@link #rescored} to choose from.
   */
  List<Bson> nearest(Round round, Question question) {
    int limit = round.pool() * (vectors.encoding().approximate() ? vectors.rescoreFactor() : 1);
    int candidates = round.pool() * settings.candidatesFactor();
    if (vectors.encoding() == Encoding.BINARY) {
      candidates *= vectors.rescoreFactor(); // the server scores each of them by its floats
    }
    Document stage =
        near(round, question, round.request().scope(), Math.min(MAX_CANDIDATES, limit))
            .append("numCandidates", Math.min(MAX_CANDIDATES, Math.max(limit, candidates)));
    return List.of(new Document("$vectorSearch", stage), candidate(round, VECTOR_SCORE));
  }

  /** The nearest of these memories by their floats, as {@link #nearest} gives them. */
  List<Bson> rescored(Round round, Set<String> ids, Question question) {
    Scope scope = round.request().scope().among(ids);
    Document stage =
        near(round, question, scope, Math.min(round.pool(), ids.size())).append("exact", true);
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
