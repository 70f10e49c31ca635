package org.hippocamel.recall;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.SearchIndexDefinitions;
import org.hippocamel.spaces.Space;

/**
 * The values of the read path up to the two lists of candidates. Tenant, kinds and every filter are
 * inside the search stages, never after them.
 */
public final class Recalling {
  private static final int MAX_CANDIDATES = 10_000; // $vectorSearch allows no more
  private static final int MAX_WORDS = 250;
  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsKhmer}\\p{IsLao}]"
              + "|[\\p{L}\\p{M}\\p{N}]+");
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
  private static final List<String> LEXICAL_PATHS =
      List.of("text", "source.title", "source.heading", "case.solution");

  private final ActiveSpace space;
  private final Settings.Recall settings;

  public Recalling(ActiveSpace space, Settings.Recall settings) {
    this.space = space;
    this.settings = settings;
  }

  public boolean byVector(RecallRequest request) {
    return request.mode() != Mode.LEXICAL;
  }

  public boolean byWords(RecallRequest request) {
    return request.mode() != Mode.VECTOR;
  }

  /** What is missing before the lists can be added up. */
  public Gaps gaps(RecallRequest request, CandidateLists.Found found) {
    return Gaps.of(request, found.lists());
  }

  /** Nothing is missing. */
  public CandidateLists.Found complete() {
    return new CandidateLists.Found(List.of());
  }

  /** No question and no candidates, for the list that the mode leaves out. */
  public List<Document> none() {
    return List.of();
  }

  /**
   * The query as the space wants to be asked: after its instruction; nothing if it has a vector.
   */
  public EmbedRequest question(RecallRequest request) {
    if (request.embedded() != null) {
      return new EmbedRequest(List.of(), Lane.QUERY);
    }
    String instruction = space.get().queryInstruction();
    return new EmbedRequest(List.of(instruction + request.query()), Lane.QUERY);
  }

  /** Pipeline: nearest vectors, best first, with Atlas's score (1 + cosine) / 2. */
  public List<Bson> nearestPipeline(RecallRequest request, List<Embedding> question) {
    int limit = pool(request);
    Document stage =
        nearest(vector(request, question), request.scope(), limit)
            .append("numCandidates", Math.min(MAX_CANDIDATES, limit * settings.candidatesFactor()));
    return List.of(new Document("$vectorSearch", stage), project(SHOWN, VECTOR_SCORE));
  }

  /** Pipeline: the scores by vector of memories that words alone brought up. */
  public List<Bson> cosinesPipeline(RecallRequest request, Gaps gaps) {
    Scope scope = request.scope().among(gaps.cosines());
    Document stage =
        nearest(vector(request, gaps.question()), scope, gaps.cosines().size())
            .append("exact", true);
    return List.of(new Document("$vectorSearch", stage), project(List.of(), VECTOR_SCORE));
  }

  private static Embedding vector(RecallRequest request, List<Embedding> question) {
    return request.embedded() != null ? request.embedded() : question.get(0);
  }

  private Document nearest(Embedding question, Scope scope, int limit) {
    Space active = space.get();
    return new Document("index", active.index())
        .append("path", active.path())
        .append("queryVector", BinaryVector.floatVector(question.orThrow()))
        .append("limit", limit)
        .append("filter", scope.vectorFilter());
  }

  /** Pipeline: best words, best first, with the BM25 score. */
  public List<Bson> lexicalPipeline(RecallRequest request) {
    return List.of(
        worded(request.query(), request.scope()),
        new Document("$limit", pool(request)),
        project(SHOWN, LEXICAL_SCORE));
  }

  /** Pipeline: the scores by words of memories that the vector alone brought up. */
  public List<Bson> wordScoresPipeline(RecallRequest request, Gaps gaps) {
    return List.of(
        worded(request.query(), request.scope().among(gaps.words())),
        new Document("$limit", gaps.words().size()),
        project(List.of(), LEXICAL_SCORE));
  }

  private static Document worded(String query, Scope scope) {
    Document text = new Document("query", words(query)).append("path", LEXICAL_PATHS);
    Document compound =
        new Document("must", List.of(new Document("text", text)))
            .append("filter", scope.searchFilters());
    return new Document(
        "$search",
        new Document("index", SearchIndexDefinitions.LEXICAL).append("compound", compound));
  }

  /**
   * The beginning of a question as long as a page: each word is a clause for each path, and Atlas
   * allows 1,024 clauses. In scripts without blanks a character counts as a word.
   */
  private static String words(String query) {
    Matcher words = WORD.matcher(query);
    for (int count = 0; words.find(); count++) {
      if (count == MAX_WORDS) {
        return query.substring(0, words.start());
      }
    }
    return query;
  }

  private int pool(RecallRequest request) {
    return Math.max(settings.pool(), 4 * request.limit());
  }

  private static Document project(List<String> shown, String score) {
    Document fields = new Document();
    shown.forEach(field -> fields.append(field, 1));
    return new Document("$project", fields.append("score", new Document("$meta", score)));
  }

  /** The candidates by vector; the question goes with them, for what is asked later. */
  public Candidates nearest(List<Document> rows, List<Embedding> question) {
    return new Candidates(Candidates.Stage.VECTOR, rows, question == null ? List.of() : question);
  }

  /** The scores by vector of what words alone brought up. */
  public Candidates cosines(List<Document> rows) {
    return new Candidates(Candidates.Stage.VECTOR, rows);
  }

  /** The candidates by words. */
  public Candidates lexical(List<Document> rows) {
    return new Candidates(Candidates.Stage.LEXICAL, rows);
  }
}
