package org.hippocamel.cases;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.memory.CaseStatus;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.problem.Quoted;
import org.hippocamel.recall.FilterFields;

/** The values of reading a bank page by page, in the order of the ids. */
public final class Exporting {
  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MAX_LIMIT = 5_000;
  private static final int MOST_ENTRIES = 20_000;

  /**
   * The page that a request asks for.
   *
   * @param format word of {@link ExportPage.Format}
   * @param limit cases, 1 to 5000, null or "" for 1000
   * @param after id of the last case of the page before, null or "" for the first page
   */
  public ExportPage asked(String tenant, String format, String limit, String after) {
    int size = DEFAULT_LIMIT;
    if (limit != null && !limit.isEmpty()) {
      size = limit.matches("\\d{1,4}") ? Integer.parseInt(limit) : 0;
      if (size < 1 || size > MAX_LIMIT) {
        throw Problem.invalid("/limit", "limit must be a whole number from 1 to " + MAX_LIMIT);
      }
    }
    return new ExportPage(tenant, format(format), size, after == null ? "" : after, List.of());
  }

  private static ExportPage.Format format(String word) {
    return Stream.of(ExportPage.Format.values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem(
                    ProblemKind.NOT_FOUND,
                    "no format named "
                        + Quoted.of(word)
                        + "; formats are jsonl, memento, memento-labelled"));
  }

  /** Pipeline: the page's rows; merged cases are part of others. */
  public List<Bson> rowsPipeline(ExportPage page) {
    Document range =
        new Document("$gt", MemoryId.key(page.tenant(), page.after()))
            .append("$lt", page.tenant() + (char) (':' + 1));
    return List.of(
        new Document(
            "$match",
            new Document("_id", range)
                .append("tenant", page.tenant())
                .append("kind", Kind.CASE.word())
                .append(FilterFields.CASE_STATUS, new Document("$ne", CaseStatus.MERGED.word()))),
        new Document("$sort", new Document("_id", 1)),
        new Document("$limit", page.limit()),
        new Document("$unset", List.of("vectors")));
  }

  /** The first of them, as many as have not too many entries together; one at least. */
  public List<Document> cut(ExportPage page, List<Document> rows) {
    if (page.format() != ExportPage.Format.JSONL) {
      return rows;
    }
    long entries = 0;
    int count = 0;
    while (count < rows.size() && (count == 0 || entries < MOST_ENTRIES)) {
      entries += Judging.evidence(rows.get(count)).rows();
      count++;
    }
    return rows.subList(0, count);
  }

  /** Pipeline: their histories, where the lines have them. */
  public List<Bson> logPipeline(ExportPage page, List<Document> rows) {
    List<String> keys =
        page.format() == ExportPage.Format.JSONL
            ? rows.stream().map(row -> row.getString("_id")).toList()
            : List.of();
    return List.of(
        new Document("$match", new Document("case", new Document("$in", keys))),
        new Document("$unset", List.of("place", "tenant")));
  }

  /** The page with its cases. */
  public ExportPage page(ExportPage page, List<Document> rows, List<Document> log) {
    Map<String, List<LogEntry>> histories =
        log.stream()
            .map(LogEntry::from)
            .sorted(Comparator.comparing(LogEntry::at).thenComparing(LogEntry::id))
            .collect(Collectors.groupingBy(LogEntry::caseKey));
    return new ExportPage(
        page.tenant(),
        page.format(),
        page.limit(),
        page.after(),
        rows.stream()
            .map(
                row ->
                    new ExportPage.Entry(
                        row, ordered(histories.getOrDefault(row.getString("_id"), List.of()))))
            .toList());
  }

  /** What takes another one's place comes behind that: an import reads group by group. */
  private static List<LogEntry> ordered(List<LogEntry> log) {
    Map<String, LogEntry> byId = new HashMap<>();
    log.forEach(entry -> byId.put(entry.id(), entry));
    Set<LogEntry> ordered = new LinkedHashSet<>();
    for (LogEntry entry : log) {
      Deque<LogEntry> chain = new ArrayDeque<>();
      LogEntry next = entry;
      while (next != null && !ordered.contains(next) && !chain.contains(next)) {
        chain.push(next);
        next = byId.get(next.supersedes());
      }
      ordered.addAll(chain);
    }
    return List.copyOf(ordered);
  }
}
