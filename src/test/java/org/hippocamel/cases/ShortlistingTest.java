package org.hippocamel.cases;

import static org.hippocamel.cases.TestBank.search;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.BinaryVector;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.recall.TestRecall;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;

class ShortlistingTest {
  private static final List<Embedding> QUESTION =
      List.of(new Embedding(new float[] {1, 0, 0}, 1, null));

  private static final Space SPACE = TestSpaces.small();

  private final Shortlisting shortlisting =
      new Shortlisting(TestBank.space(), TestLog.settings().search(), TestLog.CLOCK);

  @Test
  void question_isTheProblemWithoutTheSpacesInstruction() {
    assertEquals(List.of("why?"), shortlisting.question(search(3, 0), SPACE).texts());
    CaseSearch words =
        new CaseSearch(
            "acme", "why?", 3, 0, Mode.LEXICAL, TestRecall.SCORES, null, null, TestBank.ANY, null);
    assertEquals(List.of(), shortlisting.question(words, SPACE).texts());
  }

  @Test
  void recall_asksForOneKindOfExample_withEveryConditionInside() {
    CaseSearch.Conditions wanted =
        new CaseSearch.Conditions(
            0.8,
            Duration.ofDays(30),
            "refund",
            List.of("mail"),
            "bot",
            new Filter.Eq("metadata.topic", "x"));
    CaseSearch search =
        new CaseSearch(
            "acme", "why?", 3, 2, Mode.HYBRID, TestRecall.SCORES, null, null, wanted, null);
    Shortlist positives = shortlisting.positives(search, QUESTION, List.of("crm", "shell"), SPACE);
    RecallRequest request = shortlisting.recall(positives);
    assertEquals(60, request.limit());
    assertSame(QUESTION.get(0), request.embedded());
    Date month = Date.from(TestLog.NOW.minus(Duration.ofDays(30)));
    assertEquals(
        List.of(
            mql("tenant", "$eq", "acme"),
            mql("kind", "$in", List.of("case")),
            mql("agent_id", "$eq", "bot"),
            new Document(
                "$and",
                List.of(
                    mql("case.status", "$eq", "success"),
                    mql("case.reward", "$gte", 0.8),
                    mql("occurred_at", "$gte", month),
                    mql("case.task_type", "$eq", "refund"),
                    mql("case.tools", "$nin", List.of("crm", "shell")),
                    mql("metadata.topic", "$eq", "x")))),
        request.scope().vectorFilter().get("$and"));
    Document negatives =
        shortlisting
            .recall(shortlisting.negatives(search, QUESTION, List.of(), SPACE))
            .scope()
            .vectorFilter();
    assertTrue(negatives.toJson().contains("\"failure\""), negatives.toJson());
    assertFalse(negatives.toJson().contains("case.reward"), "a reward is asked of what worked");
  }

  @Test
  void foreign_areTheToolsThatTheAgentHasNot() {
    CaseSearch.Conditions wanted =
        new CaseSearch.Conditions(null, null, null, List.of("mail", "fax"), null, null);
    CaseSearch search =
        new CaseSearch(
            "acme", "why?", 3, 2, Mode.HYBRID, TestRecall.SCORES, null, null, wanted, null);
    assertTrue(shortlisting.choosesTools(search));
    assertFalse(shortlisting.choosesTools(search(3, 0)));
    Document reply = new Document("values", List.of("crm", "mail", "shell"));
    assertEquals(List.of("crm", "shell"), shortlisting.foreign(search, reply));
  }

  @Test
  void list_isMadeLongerWhereNearDuplicatesFillIt() {
    Shortlist list = shortlisting.positives(search(3, 0), QUESTION, List.of(), SPACE);
    assertTrue(shortlisting.thin(list));
    assertSame(list, shortlisting.next(list));
    Shortlist same = shortlisting.found(list, reply(60), places(60, 0));
    assertEquals(1, same.distinct());
    assertTrue(shortlisting.thin(same), "60 of 60, and all of one problem");
    Shortlist longer = shortlisting.next(same);
    assertEquals(240, longer.limit());
    assertFalse(
        shortlisting.thin(shortlisting.found(longer, reply(100), places(100, 0))),
        "there are no more");
    assertFalse(
        shortlisting.thin(shortlisting.found(list, reply(60), places(60, 20))), "enough of them");
  }

  @Test
  void list_endsAtAFixedLength() {
    Shortlist list = shortlisting.positives(search(3, 0), QUESTION, List.of(), SPACE).wider(500);
    assertFalse(shortlisting.thin(shortlisting.found(list, reply(500), places(500, 0))));
  }

  @Test
  void list_ofWhatNobodyWantsIsNotMade() {
    assertFalse(
        shortlisting.thin(shortlisting.negatives(search(3, 0), QUESTION, List.of(), SPACE)));
  }

  private static SearchReply reply(int hits) {
    return new SearchReply(
        IntStream.range(0, hits)
            .mapToObj(
                i ->
                    new SearchReply.Hit(
                        new Document("_id", "acme:" + i),
                        i + 1,
                        0.9,
                        Double.NaN,
                        Double.NaN,
                        Map.of()))
            .toList(),
        "m-3",
        Mode.VECTOR,
        false,
        false,
        null,
        null);
  }

  private static List<Document> places(int count, double apart) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Document("_id", "acme:" + i)
                    .append(
                        "vectors",
                        new Document(
                            "m-3", BinaryVector.floatVector(TestBank.place(i * apart).vector()))))
        .toList();
  }

  private static Document mql(String path, String operator, Object value) {
    return new Document(path, new Document(operator, value));
  }
}
